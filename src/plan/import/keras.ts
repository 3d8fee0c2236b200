/** Reads the model of a Keras configuration: `to_json()` of Keras 2 and 3, config.json of a .keras file, model.json of TensorFlow.js. */

import { isObject } from "../../json.ts";
import { value as shown } from "../../text.ts";
import { UserError } from "../../user-error.ts";
import { count } from "../../words.ts";

import { chained, sorted } from "./chain.ts";
import { causal, listed, nameIn, sources } from "./keras-calls.ts";
import { layersOf } from "./keras-layers.ts";
import { isSame, type Pads, padsOf, type Sides, sidesAfter } from "./keras-shapes.ts";
import { training } from "./keras-training.ts";
import { type Imported, type Piece, refuseMany, unsupported } from "./model.ts";

type Fields = Record<string, unknown>;
const MODELS = ["Sequential", "Functional", "Model"];
const INPUT = "input";
// What a layer takes from that takes the data divided.
const DIVIDED = "input, divided";
const ATTENTION = "MultiHeadAttention";

/** @param value the parsed JSON; `silent`: whether the plan leaves loss and optimizer to the file. */
export function importKeras(value: unknown, silent: { loss: boolean; optimizer: boolean }): Imported {
  const { pieces: _pieces, ...imported } = readKeras(value, silent);
  return imported;
}

/** Also the layers as they are kept in files of weights, in the same order. */
export function readKeras(
  value: unknown,
  silent: { loss: boolean; optimizer: boolean },
): Imported & { pieces: Piece[] } {
  const { model, compiled, version } = found(value);
  const notes: string[] = [];
  const input = shapeOf(model);
  const reader = new Reader(/^[01]\.|^2\.|tfjs|tensorflow\.js/i.test(version), notes, input);
  const outputs = reader.model(model, [INPUT], { prefix: "", at: "" });
  if (outputs.length !== 1)
    throw new UserError(
      `the model has ${count(outputs.length, "output")}, but a plan has one.`,
      "Save the part with one output.",
    );
  if (reader.pieces.length === 0) throw new UserError("the model has no layers.", "Add layers before saving it.");
  const pieces = sorted(reader.whole(outputs[0]), outputs[0]);
  return {
    layers: chained(pieces),
    pieces,
    training: training(compiled, silent, notes),
    notes,
    ...(input && { input }),
    ...(reader.divideBy !== undefined && { divideBy: reader.divideBy }),
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
  if (!isObject(value)) throw none("it is not an object");
  const topology = value["modelTopology"] ?? value["model_config"] ?? value;
  if (!isObject(topology)) throw none("its modelTopology is not an object");
  if (value["format"] === "graph-model" || Array.isArray(topology["node"]))
    throw new UserError(
      "this is a TensorFlow.js graph model, which has operations instead of layers.",
      "Convert the Keras model as a layers model, or write the layers as a list.",
    );
  const model = isObject(topology["model_config"]) ? topology["model_config"] : topology;
  if (typeof model["class_name"] !== "string" || model["config"] === undefined) throw none("it has no class_name");
  const compiled =
    topology["training_config"] ?? value["trainingConfig"] ?? value["training_config"] ?? model["compile_config"];
  const version = String(topology["keras_version"] ?? value["keras_version"] ?? "");
  return { model, compiled, version };
}

const none = (why: string) =>
  new UserError(
    `this is not a Keras or TensorFlow.js model: ${why}.`,
    "Write one with model.to_json() or model.save().",
  );

/** Where a model is: `prefix` before the names of its layers, `at` before their places in a .keras file, `group` the outermost model but one. */
type Where = { prefix: string; at: string; group?: string };
type Padded = { from: string; pads: Pads };

class Reader {
  readonly pieces: Piece[] = [];
  divideBy: number | undefined;
  readonly #old: boolean;
  readonly #notes: string[];
  readonly #sides = new Map<string, Sides>();
  readonly #padded = new Map<string, Padded>();
  #depth = 0;

  constructor(old: boolean, notes: string[], input: readonly (number | null)[] | undefined) {
    this.#old = old;
    this.#notes = notes;
    if (input?.length === 3 && input[0] !== null && input[1] !== null) this.#sides.set(INPUT, [input[0], input[1]]);
  }

  /** Adds the layers of a model whose inputs are the results of some pieces; answers the pieces that its outputs are. */
  model({ class_name: kind, config }: Fields, inputs: readonly string[], where: Where): string[] {
    if (!MODELS.includes(String(kind)))
      throw new UserError(
        `the model is of the custom class ${shown(String(kind))}.`,
        "Save a Sequential or Functional model, or write the layers as a list.",
      );
    // A model may contain models; one that contains itself over and over is refused.
    if (++this.#depth > 20) throw new UserError("its models are nested too deep.", "Save the model again.");
    const layers = Array.isArray(config) ? config : isObject(config) ? config["layers"] : undefined;
    if (!Array.isArray(layers) || !layers.every(isObject)) throw none("it has no list of layers");
    refuseMany(this.pieces.length + layers.length);
    const outputs =
      kind === "Sequential"
        ? [this.#chain(layers as Fields[], inputs, where)]
        : this.#graph(layers as Fields[], config as Fields, inputs, where);
    this.#depth--;
    return outputs;
  }

  /** All layers, once it is known that nothing of the data or the padding is lost. */
  whole(output: string): Piece[] {
    if (this.#padded.has(output)) throw this.#lost(output);
    const inputs = new Set(this.pieces.flatMap(({ from }) => from));
    if (this.divideBy !== undefined && inputs.has(INPUT))
      throw new UserError(
        "some of its layers use the output of a Rescaling layer, and others the data as they are.",
        "Remove the Rescaling layer and write data.scale in the plan.",
      );
    return this.pieces.map((piece) => ({
      ...piece,
      from: piece.from.map((name) => (name === DIVIDED ? INPUT : name)),
    }));
  }

  #chain(layers: readonly Fields[], inputs: readonly string[], where: Where): string {
    if (inputs.length !== 1) throw none("a Sequential model has one input");
    const places = placesOf(layers);
    let last = inputs[0];
    for (const [i, layer] of layers.entries()) [last] = this.#layer(layer, [last], where, i, places[i]);
    return last;
  }

  #graph(layers: readonly Fields[], config: Fields, inputs: readonly string[], where: Where): string[] {
    const given = listed(config["input_layers"]).map(([name]) => name);
    if (given.length !== inputs.length)
      throw new UserError(
        `the model has ${count(given.length, "input")}, but a plan has one.`,
        "Save the part with one input.",
      );
    const results = new Map(given.map((name, i) => [name, [inputs[i]]]));
    const places = placesOf(layers);
    let open = layers.map((layer, i) => ({ layer, i, name: nameIn(layer, i), from: sources(layer) }));
    open = open.filter(({ name }) => !results.has(name));
    while (open.length > 0) {
      const ready = open.filter(({ from }) => from.every(([name]) => results.has(name)));
      if (ready.length === 0) throw none(`layer ${shown(open[0].name)} uses the output of a layer that does not exist`);
      for (const { layer, i, name, from } of ready) {
        const before = from.map(([source, tensor]) => results.get(source)![tensor] ?? missing(source));
        results.set(name, this.#layer(layer, before, where, i, places[i]));
      }
      open = open.filter(({ name }) => !results.has(name));
    }
    return listed(config["output_layers"]).map(([name, , tensor]) => results.get(name)?.[tensor] ?? missing(name));
  }

  #layer(layer: Fields, from: readonly string[], where: Where, i: number, place: string): string[] {
    const kind = String(layer["class_name"]);
    const config = isObject(layer["config"]) ? layer["config"] : {};
    const own = nameIn(layer, i);
    const name = where.prefix + own;
    const at = where.at + place;
    const group = where.group ?? own;
    if (kind === "InputLayer") return [...from];
    if (MODELS.includes(kind)) return this.model(layer, from, { prefix: `${name}/`, at: `${at}/`, group });
    if (this.#divides(kind, config, from)) return [DIVIDED];
    if (this.pieces.some((piece) => piece.name === name) || this.#padded.has(name))
      throw unsupported(name, kind, "occurs twice");
    if (kind === "ZeroPadding2D" && from.length === 1 && !this.#padded.has(from[0])) {
      this.#padded.set(name, { from: from[0], pads: padsOf(config) });
      return [name];
    }
    let sources = kind === "Add" || kind === "Concatenate" ? [...from] : attended(kind, from);
    if (sources.length > 1 && !["Add", "Concatenate", ATTENTION].includes(kind))
      throw unsupported(name, kind, `has ${sources.length} inputs, which is not supported`);
    const made = layersOf({ name, kind, config, notes: this.#notes }, this.#old);
    if (kind === ATTENTION && causal(layer)) made[0].fields["causal"] = true;
    sources = this.#unpadded(sources, made[0].fields);
    for (const [n, { fields, kept }] of made.entries()) {
      // The last of several is what others take from.
      const called = n === made.length - 1 ? name : `${name}/${n + 1}`;
      const sides = sidesAfter(fields, this.#sides.get(sources[0]));
      if (sides) this.#sides.set(called, sides);
      const full = kept.map((variable) => ({ ...variable, at: `${at}/${variable.at}`, group }));
      this.pieces.push({ name: called, fields, from: sources, kept: full });
      sources = [called];
    }
    return [name];
  }

  /** A layer that divides the data before anything else does what data.scale says. */
  #divides(kind: string, config: Fields, from: readonly string[]): boolean {
    const { scale, offset = 0 } = config;
    if (kind !== "Rescaling" || from[0] !== INPUT || typeof scale !== "number" || !(scale > 0) || offset !== 0)
      return false;
    const by = 1 / scale;
    const whole = Math.round(by);
    this.divideBy = Math.fround(1 / whole) === Math.fround(scale) ? whole : by;
    const sides = this.#sides.get(INPUT);
    if (sides) this.#sides.set(DIVIDED, sides);
    return true;
  }

  /** A convolution of padded images is one that pads them itself, where that is the same. */
  #unpadded(sources: string[], fields: Fields): string[] {
    const name = sources.find((source) => this.#padded.has(source));
    if (name === undefined) return sources;
    const { from, pads } = this.#padded.get(name)!;
    const convolution = /^(?:conv2d|depthwiseConv2d)$/.test(String(fields["layer"])) && fields["padding"] !== "same";
    if (!convolution || !isSame(pads, fields, this.#sides.get(from))) throw this.#lost(name);
    fields["padding"] = "same";
    return [from];
  }

  #lost(name: string): UserError {
    return unsupported(name, "ZeroPadding2D", 'uses padding that the following convolution cannot express as "same"');
  }
}

/** Where each layer is kept in a .keras file: by its class, numbered. */
function placesOf(layers: readonly Fields[]): string[] {
  const counts = new Map<string, number>();
  return layers.map(({ class_name: kind }) => {
    const word = String(kind)
      .replace(/\W+/g, "")
      .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
      .replace(/([a-z])([A-Z])/g, "$1_$2")
      .toLowerCase();
    const n = counts.get(word) ?? 0;
    counts.set(word, n + 1);
    return `layers/${word}${n > 0 ? `_${n}` : ""}`;
  });
}

/** What a layer takes from, once each: attention names its query, its value and perhaps its key, which is the value again. */
function attended(kind: string, from: readonly string[]): string[] {
  const [query, value, key = value] = from;
  if (kind === ATTENTION && from.length > 1 && value === key) return query === value ? [query] : [query, value];
  return [...new Set(from)];
}

function missing(name: string): never {
  throw none(`layer ${shown(name)} has no such output`);
}
