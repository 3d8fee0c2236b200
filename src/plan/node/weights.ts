/** Reads the weights that layers start from: a safetensors file, or the model that holds them. */

import { basename, dirname, relative, resolve } from "node:path";
import { readZip } from "../../files/node/zip.ts";
import { value as shortened } from "../../text.ts";
import { UserError } from "../../user-error.ts";
import { type NamedWeights, readSafetensors } from "../../weights.ts";
import { readKeras } from "../import/keras.ts";
import { kerasWeights, legacyWeights } from "../import/keras-weights.ts";
import { onnxWeights, tfjsWeights } from "../import/weights.ts";
import { type Hdf5, readHdf5 } from "./hdf5.ts";
import { configOf, isHdf5, isZip, legacyModel, parseJson, readModel } from "./model.ts";

export function readWeights(folder: string, path: string): NamedWeights {
  const full = resolve(folder, path);
  const bytes = readModel(full);
  const beside = (name: string) => readModel(neighbour(dirname(full), name));
  try {
    return weightsOf(bytes, basename(path), beside);
  } catch (error) {
    if (error instanceof UserError && error.place === undefined)
      throw new UserError(error.fact, error.todo, basename(path));
    throw error;
  }
}

/** A file that a model names is beside it or below, never elsewhere on the machine. */
function neighbour(folder: string, name: string): string {
  const full = resolve(folder, name);
  if (name === "" || relative(folder, full).startsWith(".."))
    throw new UserError(`its weights file (${shortened(name)}) is not in the folder of the model.`, "Move it there.");
  return full;
}

function weightsOf(bytes: Buffer, place: string, beside: (name: string) => Uint8Array): NamedWeights {
  if (isZip(bytes)) return ofKeras(bytes, place);
  if (isHdf5(bytes)) {
    const file = readHdf5(bytes, true, place);
    return legacyWeights(readKeras(legacyModel(file), KEPT), file.tensors, (group) => namesIn(file, group));
  }
  const head = bytes.toString("latin1", 0, 9);
  if (/^\s*\{/.test(head)) return tfjsWeights(parseJson(bytes), beside);
  // The first eight bytes of safetensors are a length, and a header in JSON follows.
  return head[8] === "{" ? readSafetensors(bytes) : onnxWeights(bytes, beside);
}

// How it was trained does not matter to what it holds.
const KEPT = { loss: false, optimizer: false };
// Numbers shrink little when they are packed: what unpacks to a hundred times its file is made to fill the memory.
const MOST_UNPACKED = 100;

function ofKeras(bytes: Buffer, place: string): NamedWeights {
  const network = readKeras(configOf(bytes, place), KEPT);
  const held = readZip(bytes, place).read("model.weights.h5", MOST_UNPACKED * bytes.length);
  if (!held)
    throw new UserError("the file contains no model.weights.h5.", 'Save the model with model.save("model.keras").');
  return kerasWeights(network, readHdf5(held, true, place).tensors);
}

/** Keras cuts a long list of names into parts: weight_names0, weight_names1, … */
function namesIn({ texts }: Hdf5, group: string): string[] {
  const parts = Object.keys(texts).filter((key) => key.startsWith(`model_weights/${group}@weight_names`));
  return parts.sort((a, b) => a.localeCompare(b, "en", { numeric: true })).flatMap((part) => texts[part]);
}
