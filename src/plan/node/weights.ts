/** Reads the weights that layers start from: a safetensors file, or the model.json or ONNX model that holds them. */

import { basename, dirname, relative, resolve } from "node:path";
import { type NamedWeights, readSafetensors } from "../../data/weights.ts";
import { UserError } from "../../errors.ts";
import { onnxWeights, tfjsWeights } from "../import/weights.ts";
import { readModel } from "./model.ts";

export function readWeights(folder: string, path: string): NamedWeights {
  const full = resolve(folder, path);
  const bytes = readModel(full);
  const beside = (name: string) => readModel(neighbour(dirname(full), name));
  try {
    return weightsOf(bytes, beside);
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
    throw new UserError(`it names weights that are not beside it (${name}).`, "Put them into its folder.");
  return full;
}

function weightsOf(bytes: Buffer, beside: (name: string) => Uint8Array): NamedWeights {
  const head = bytes.toString("latin1", 0, 9);
  if (head.startsWith("PK") || head.startsWith("\x89HDF"))
    throw new UserError(
      "its weights are in HDF5, which is not read.",
      'Save them with safetensors.numpy.save_file, under the names "LAYER.kernel" and "LAYER.bias".',
    );
  if (/^\s*\{/.test(head)) {
    let model: unknown;
    try {
      model = JSON.parse(bytes.toString("utf8"));
    } catch {
      throw new UserError("it is not JSON, or is cut off.", "Save the model again.");
    }
    return tfjsWeights(model, beside);
  }
  // The first eight bytes of safetensors are a length, and a header in JSON follows.
  return head[8] === "{" ? readSafetensors(bytes) : onnxWeights(bytes, beside);
}
