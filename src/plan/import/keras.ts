/** Reads the model of a Keras configuration: `to_json()` of Keras 2 and 3, config.json of a .keras file, model.json of TensorFlow.js. */

import { UserError } from "../../errors.ts";
import { isObject } from "../vocabulary.ts";
import { chained, sorted } from "./chain.ts";
import { layerFields } from "./keras-layers.ts";
import { training } from "./keras-training.ts";
import { nameOf } from "./keras-values.ts";
import { type Imported, type Piece, refuseMany, unsupported } from "./model.ts";

type Fields = Record<string, unknown>;
const MODELS = ["Sequential", "Functional", "Model"];
const INPUT = "input";
const ATTENTION = "MultiHeadAttention";

/** @param value the parsed JSON; `silent`: whether the plan leaves loss and optimizer to the file. */
export function importKeras(value: unknown, silent: { loss: boolean; optimizer: boolean }): Imported {
  const { model, compiled, version } = found(value);
  const said: string[] = [];
  const reader = new Reader(/^[01]\.|^2\.|tfjs|tensorflow\.js/i.test(version), said);
  const outputs = reader.model(model, [INPUT], "");
  if (outputs.length !== 1)
    throw new UserError(`the model has ${outputs.length} outputs, a plan has one.`, "Save the part with one output.");
  if (reader.pieces.length === 0)
    throw new UserError("the model has no layers.", "Save it after its layers are added.");
  const input = shapeOf(model);
  return {
    layers: chained(sorted(reader.pieces, outputs[0])),
    training: training(compiled, silent, said),
    said,
    ...(input && { input }),
  };
}

/** The shape of a row, wherever this version of Keras wrote it. */
function shapeOf({ config, build_config }: Fields): (number | null)[] | undefined {
  const layers = Array.isArray(config) ? config : isObject(config) ? config["layers"] : [];
  const first = Array.isArray(layers) && isObject(layers[0]) ? layers[0]["config"] : {};
  const own = isObject(first) ? (first["batch_shape"] ?? first["batch_input_shape"]) : undefined;
  const shape = own ?? (isObject(build_config) ? build_config["input_shape"] : undefined);
  if (!Array.isArray(shape)) return undefined;
  return shape.slice(1).map((size) => (typeof size === "number" && size > 0 ? size : null));
}

/** The model, what it was compiled with, and who wrote it, wherever the writer put them. */
function found(value: unknown): { model: Fields; compiled: unknown; version: string } {
  if (!isObject(value)) throw none("it holds no object");
  const topology = value["modelTopology"] ?? value["model_config"] ?? value;
  if (!isObject(topology)) throw none("its modelTopology is no object");
  if (value["format"] === "graph-model" || Array.isArray(topology["node"]))
    throw new UserError(
      "it is a graph model of TensorFlow.js: operations without layers.",
      "Convert the Keras model as a layers model, or write the layers as a list.",
    );
  const model = isObject(topology["model_config"]) ? topology["model_config"] : topology;
  if (typeof model["class_name"] !== "string" || model["config"] === undefined) throw none("it names no class");
  const compiled =
    topology["training_config"] ?? value["trainingConfig"] ?? value["training_config"] ?? model["compile_config"];
  const version = String(topology["keras_version"] ?? value["keras_version"] ?? "");
  return { model, compiled, version };
}

const none = (why: string) =>
  new UserError(
    `this is no model of Keras or TensorFlow.js: ${why}.`,
    "Write one with model.to_json() or model.save().",
  );

class Reader {
  readonly pieces: Piece[] = [];
  readonly #old: boolean;
  readonly #said: string[];
  #depth = 0;

  constructor(old: boolean, said: string[]) {
    this.#old = old;
    this.#said = said;
  }

  /** Adds the layers of a model whose inputs are the results of some pieces; answers the pieces that its outputs are. */
  model({ class_name: kind, config }: Fields, inputs: readonly string[], prefix: string): string[] {
    if (!MODELS.includes(String(kind)))
      throw new UserError(
        `the model is of the class ${kind}, which is code of its own.`,
        "Save a Sequential or Functional model, or write the layers as a list.",
      );
    // A model may hold models; one that is told to hold itself over and over is no model.
    if (++this.#depth > 20) throw new UserError("it holds models within models, too deep.", "Save the model again.");
    const layers = Array.isArray(config) ? config : isObject(config) ? config["layers"] : undefined;
    if (!Array.isArray(layers) || !layers.every(isObject)) throw none("it has no list of layers");
    refuseMany(this.pieces.length + layers.length);
    const outputs =
      kind === "Sequential"
        ? [this.#chain(layers as Fields[], inputs, prefix)]
        : this.#graph(layers as Fields[], config as Fields, inputs, prefix);
    this.#depth--;
    return outputs;
  }

  #chain(layers: readonly Fields[], inputs: readonly string[], prefix: string): string {
    if (inputs.length !== 1) throw none("a Sequential model takes one input");
    let last = inputs[0];
    for (const [i, layer] of layers.entries()) last = this.#layer(layer, [last], prefix, i)[0];
    return last;
  }

  #graph(layers: readonly Fields[], config: Fields, inputs: readonly string[], prefix: string): string[] {
    const given = listed(config["input_layers"]).map(([name]) => name);
    if (given.length !== inputs.length)
      throw new UserError(`the model has ${given.length} inputs, a plan has one.`, "Save the part with one input.");
    const results = new Map(given.map((name, i) => [name, [inputs[i]]]));
    let open = layers.map((layer, i) => ({ layer, i, name: nameIn(layer, i), from: sources(layer) }));
    open = open.filter(({ name }) => !results.has(name));
    while (open.length > 0) {
      const ready = open.filter(({ from }) => from.every(([name]) => results.has(name)));
      if (ready.length === 0) throw none(`layer ${open[0].name} takes from a layer that is not there`);
      for (const { layer, i, name, from } of ready) {
        const before = from.map(([source, tensor]) => results.get(source)![tensor] ?? missing(source));
        results.set(name, this.#layer(layer, before, prefix, i));
      }
      open = open.filter(({ name }) => !results.has(name));
    }
    return listed(config["output_layers"]).map(([name, , tensor]) => results.get(name)?.[tensor] ?? missing(name));
  }

  #layer(layer: Fields, from: readonly string[], prefix: string, i: number): string[] {
    const kind = String(layer["class_name"]);
    const config = isObject(layer["config"]) ? layer["config"] : {};
    const own = nameIn(layer, i);
    const name = prefix + own;
    if (kind === "InputLayer") return [...from];
    if (MODELS.includes(kind)) return this.model(layer, from, `${name}/`);
    if (this.pieces.some((piece) => piece.name === name)) throw unsupported(name, kind, "is there twice");
    const sources = kind === "Add" || kind === "Concatenate" ? [...from] : attended(kind, from);
    if (sources.length > 1 && !["Add", "Concatenate", ATTENTION].includes(kind))
      throw unsupported(name, kind, `takes ${sources.length} inputs, which is not supported`);
    const fields = layerFields({ name, kind, config, said: this.#said }, this.#old);
    if (kind === ATTENTION && causal(layer)) fields["causal"] = true;
    this.pieces.push({ name, fields, from: sources });
    return [name];
  }
}

/** What a layer takes from, once each: attention names its query, its value and perhaps its key, which is the value again. */
function attended(kind: string, from: readonly string[]): string[] {
  const [query, value, key = value] = from;
  if (kind === ATTENTION && from.length > 1 && value === key) return query === value ? [query] : [query, value];
  return [...new Set(from)];
}

function missing(name: string): never {
  throw none(`layer ${name} gives no such output`);
}

const nameIn = (layer: Fields, i: number): string => {
  const config = isObject(layer["config"]) ? layer["config"] : {};
  const name = layer["name"] ?? config["name"];
  return typeof name === "string" && name !== "" ? name : `${nameOf(layer) ?? "layer"}_${i + 1}`;
};

type Source = [name: string, tensor: number];

/** [[name, node, tensor], …], or one such alone. */
function listed(value: unknown): [string, number, number][] {
  if (!Array.isArray(value)) return [];
  const list = typeof value[0] === "string" ? [value] : value;
  return list.flatMap((one): [string, number, number][] =>
    Array.isArray(one) && typeof one[0] === "string" ? [[one[0], Number(one[1]) || 0, Number(one[2]) || 0]] : [],
  );
}

/** Where a layer of a Functional model takes from: Keras 2 and TensorFlow.js list it, Keras 3 writes the arguments of the call. */
function sources(layer: Fields): Source[] {
  const kind = String(layer["class_name"]);
  const nodes = Array.isArray(layer["inbound_nodes"]) ? layer["inbound_nodes"] : [];
  const name = nameIn(layer, 0);
  if (nodes.length > 1)
    throw unsupported(name, kind, "is used more than once (shared weights), which is not supported");
  if (nodes.length === 0) return [];
  const [node] = nodes;
  if (isObject(node)) return [...tensors(node["args"], 0), ...tensors(Object.values(node["kwargs"] ?? {}), 0)];
  const named = Array.isArray(node) ? node.flatMap((one) => (isObject(one?.[3]) ? Object.values(one[3]) : [])) : [];
  return [...listed(node), ...listed(named.filter(Array.isArray))].map(([source, , tensor]) => [source, tensor]);
}

/** The tensors among the arguments of a call, in their order. */
function tensors(value: unknown, depth: number): Source[] {
  if (depth > 10) return [];
  if (Array.isArray(value)) return value.flatMap((inner) => tensors(inner, depth + 1));
  if (!isObject(value)) return [];
  const config = isObject(value["config"]) ? value["config"] : {};
  const history = config["keras_history"];
  if (value["class_name"] === "__keras_tensor__" && Array.isArray(history))
    return [[String(history[0]), Number(history[2]) || 0]];
  return [];
}

function causal(layer: Fields): boolean {
  const [node] = Array.isArray(layer["inbound_nodes"]) ? layer["inbound_nodes"] : [];
  const given = isObject(node) ? node["kwargs"] : Array.isArray(node) ? node[0]?.[3] : undefined;
  return isObject(given) && given["use_causal_mask"] === true;
}
