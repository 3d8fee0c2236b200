/** Reads a model file – Keras, TensorFlow.js, ONNX – as the layers that a plan holds. */

import { basename, dirname, resolve } from "node:path";
import { namesIn, readWhole, statOf } from "../../files/node/read.ts";
import { readZip } from "../../files/node/zip.ts";
import { DEEPEST, isDeep, isObject } from "../../json.ts";
import { didYouMean, UserError } from "../../user-error.ts";
import { importKeras } from "../import/keras.ts";
import type { Imported } from "../import/model.ts";
import { importOnnx } from "../import/onnx.ts";
import { type Plan, parsePlan } from "../plan.ts";

import { type Hdf5, readHdf5 } from "./hdf5.ts";

// A configuration is text of layers: the largest published networks take 2 MB of it.
const LARGEST_TEXT = 50e6;
// Node reads no larger file in one piece.
const LARGEST = 2 ** 31 - 1;

export function readModel(path: string): Buffer {
  const stats = statOf(path);
  if (!stats) {
    const near = didYouMean(basename(path), namesIn(dirname(path))) || ".";
    throw new UserError(`the file does not exist${near}`, "Paths are relative to the plan file.", path);
  }
  if (stats.isDirectory())
    throw new UserError("this is a folder.", "Give a .keras file, a model.json or an ONNX model.", path);
  if (stats.size > LARGEST) throw new UserError("the model is larger than 2 GiB.", "Write its layers as a list.", path);
  return readWhole(path);
}

/** @param silent what the plan leaves to the file. */
export function loadModel(path: string, silent: { loss: boolean; optimizer: boolean }): Imported {
  const bytes = readModel(path);
  const place = basename(path);
  try {
    const imported = understood(bytes, place, silent);
    // What the file says must make a plan: numbers out of range are told by their place in the model.
    parsePlan({ data: { source: "-", target: "-" }, network: imported.layers, training: imported.training }, place);
    return imported;
  } catch (error) {
    if (error instanceof UserError && error.place === undefined) throw new UserError(error.fact, error.todo, place);
    throw error;
  }
}

function understood(bytes: Buffer, place: string, silent: { loss: boolean; optimizer: boolean }): Imported {
  if (isZip(bytes)) return { ...importKeras(configOf(bytes, place), silent), weights: true };
  if (isHdf5(bytes)) return { ...importKeras(legacyModel(readHdf5(bytes, false, place)), silent), weights: true };
  const head = bytes.toString("latin1", 0, 8);
  if (/^\s*["{[]/.test(head.replace(/^\xef\xbb\xbf/, ""))) {
    if (bytes.length > LARGEST_TEXT) throw new UserError("it is too large for a model.", "Give the right file.");
    const value = parseJson(bytes);
    const held = isObject(value) && Array.isArray(value["weightsManifest"]);
    return { ...importKeras(value, silent), ...(held && { weights: true }) };
  }
  return { ...importOnnx(bytes), weights: true };
}

export const isZip = (bytes: Buffer): boolean => bytes.toString("latin1", 0, 2) === "PK";
export const isHdf5 = (bytes: Buffer): boolean => bytes.toString("latin1", 0, 4) === "\x89HDF";

/** The configuration that Keras 2 keeps in the attributes of an .h5 file. */
export function legacyModel({ texts }: Hdf5): Given {
  const [model] = texts["@model_config"] ?? [];
  if (model === undefined)
    throw new UserError(
      "it holds weights without the layers that they belong to.",
      'Save the whole model with model.save("model.keras").',
    );
  const [compiled] = texts["@training_config"] ?? [];
  return {
    model_config: parseJson(Buffer.from(model)),
    ...(compiled !== undefined && { training_config: parseJson(Buffer.from(compiled)) }),
    keras_version: texts["@keras_version"]?.[0],
  };
}

/** The configuration in a .keras file. */
export function configOf(bytes: Buffer, place: string): unknown {
  const { names, read } = readZip(bytes, place);
  const config = read("config.json", LARGEST_TEXT);
  if (config) return parseJson(config);
  const torch = names.some((name) => name.endsWith("data.pkl"));
  throw torch
    ? new UserError(
        "it is a file of PyTorch, which holds code.",
        "Export the network with torch.onnx.export, or write its layers as a list.",
      )
    : new UserError("this zip file has no config.json.", 'Save the model with model.save("model.keras").');
}

export function parseJson(bytes: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, ""));
    // json.dump of to_json() makes text of what is text already.
    if (typeof value === "string") value = JSON.parse(value);
  } catch {
    throw new UserError("the JSON is damaged or cut off.", "Save the model again.");
  }
  if (isDeep(value))
    throw new UserError(`its JSON is nested more than ${DEEPEST} levels deep.`, "Save the model again.");
  return value;
}

type Given = Record<string, unknown>;

/** A plan whose network is the path of a model, with the layers of that model in its place, and what else the plan leaves to it. */
export function withModel(given: Given, plan: Plan, folder: string): { given: Given; notes: string[] } {
  const file = String(plan.network);
  const training = isObject(given["training"]) ? given["training"] : {};
  const own = isObject(training["optimizer"]) ? training["optimizer"] : undefined;
  const silent = {
    loss: training["loss"] === undefined,
    optimizer: own ? own["name"] === undefined : training["optimizer"] === undefined,
  };
  const model = loadModel(resolve(folder, file), silent);
  const { optimizer, ...others } = model.training;
  const taken = { ...others, ...(isObject(optimizer) && { optimizer: { ...optimizer, ...own } }) };
  const fit = fitted(plan, model);
  const scale = scaled(plan, model, file);
  const notes = [
    `The network is that of ${file}${silent.loss || silent.optimizer ? told(taken) : ""}.`,
    ...(model.weights
      ? [`It starts afresh; a layer with "weights": ${JSON.stringify(file)} starts from those there.`]
      : []),
    ...(scale ? [`Its first layer is data.scale here: the data are divided by ${scale.divideBy}.`] : []),
    ...fit.notes,
    ...model.notes,
  ];
  const data = { ...(given["data"] as Given), ...(scale && { scale }) };
  return {
    given: { ...given, data, network: fit.layers, training: { ...taken, ...training, ...merged(taken, own) } },
    notes,
  };
}

function scaled({ data }: Plan, { divideBy }: Imported, file: string): { divideBy: number } | undefined {
  if (divideBy === undefined) return undefined;
  if (data.scale !== "none")
    throw new UserError(
      `${file} divides the data by ${divideBy} itself, and data.scale would scale them before that.`,
      "Take data.scale out, or the Rescaling layer.",
      "data.scale",
    );
  return { divideBy };
}

// A plan that gives a rate alone leaves the rest of the optimizer to the model.
const merged = (taken: Given, own: Given | undefined) =>
  own && taken["optimizer"] ? { optimizer: taken["optimizer"] } : {};

function told({ loss, optimizer }: Given): string {
  const name = isObject(loss) ? loss["name"] : loss;
  const { name: by, learningRate: rate } = isObject(optimizer) ? optimizer : {};
  const words = [...(name ? [String(name)] : []), ...(by ? [`${by}${rate === undefined ? "" : ` ${rate}`}`] : [])];
  return words.length > 0 ? `, and so is ${words.join(" with ")}` : "; it does not say how it is trained";
}

/** Models get their rows in a shape that the program around them makes: here a layer makes it. */
function fitted({ data }: Plan, { layers, input }: Imported): { layers: Given[]; notes: string[] } {
  const images = typeof data.source !== "string";
  const own = ["flatten", "reshape"].includes(String(layers[0]["layer"]));
  if (images && input?.length === 1 && !own)
    return {
      layers: shaped({ layer: "flatten" }, layers),
      notes: ["It takes vectors: the images are flattened first."],
    };
  const known = input?.every((size) => size !== null) && input.length > 1;
  if (images || !known || data.window !== null || data.task === "sequence") return { layers, notes: [] };
  return {
    layers: shaped({ layer: "reshape", targetShape: input }, layers),
    notes: [`It takes rows of ${input!.join(" × ")}: the columns are put into that shape first.`],
  };
}

/** A layer before all others; whoever takes from the data takes from it. */
function shaped(first: Given, layers: readonly Given[]): Given[] {
  const joins = layers.some(({ from }) => Array.isArray(from) && from.includes("input"));
  if (!joins) return [first, ...layers];
  const name = "shaped";
  const others = layers.map((layer) =>
    Array.isArray(layer["from"])
      ? { ...layer, from: layer["from"].map((other) => (other === "input" ? name : other)) }
      : layer,
  );
  return [{ ...first, name }, ...others];
}
