/** One layer of a Keras or TensorFlow.js configuration as the layer of a plan. */

import { isObject } from "../../json.ts";
import { fold, ours } from "../aliases.ts";
import { ACTIVATIONS, LAYERS } from "../names.ts";

import { activation, type Given, initialiser, leaking, nameOf, penalties } from "./keras-values.ts";
import { type Own, variablesOf } from "./keras-weights.ts";
import { shortest, unsupported } from "./model.ts";

type Fields = Record<string, unknown>;

/** What changes a training, has no place in a plan, and must therefore be as Keras has it when nothing is said. */
const NEUTRAL: Record<string, readonly unknown[]> = {
  bias_regularizer: [null],
  activity_regularizer: [null],
  recurrent_regularizer: [null],
  beta_regularizer: [null],
  kernel_constraint: [null],
  bias_constraint: [null],
  recurrent_constraint: [null],
  depthwise_constraint: [null],
  embeddings_constraint: [null],
  gamma_constraint: [null],
  beta_constraint: [null],
  data_format: [null, "channels_last", "channelsLast"],
  groups: [1],
  depth_multiplier: [1],
  recurrent_dropout: [0],
  go_backwards: [false],
  stateful: [false],
  return_state: [false],
  unit_forget_bias: [true],
  time_major: [false],
  scale: [true],
  renorm: [false],
  rms_scaling: [false],
  threshold: [0, null],
  max_value: [null],
  noise_shape: [null],
  lora_rank: [null],
  quantization_config: [null],
};

const KERNEL = ["kernel", "bias"] as const;
const CONVOLUTION = ["kernel_size", "strides", "padding", "dilation_rate"];
const POOL = ["pool_size", "strides", "padding"];
const RECURRENT = ["units", "return_sequences", "dropout"];

/** What each layer is asked for: plain values under Keras' name, activations, and the names of its two weights. */
const TAKEN: Record<
  string,
  { plain?: readonly string[]; activations?: readonly string[]; weights?: readonly string[] }
> = {
  dense: { plain: ["units"], activations: ["activation"], weights: KERNEL },
  conv1d: { plain: ["filters", ...CONVOLUTION], activations: ["activation"], weights: KERNEL },
  conv2d: { plain: ["filters", ...CONVOLUTION], activations: ["activation"], weights: KERNEL },
  depthwiseConv2d: { plain: CONVOLUTION, activations: ["activation"], weights: ["depthwise", "bias"] },
  maxPooling1d: { plain: POOL },
  maxPooling2d: { plain: POOL },
  averagePooling1d: { plain: POOL },
  averagePooling2d: { plain: POOL },
  globalMaxPooling1d: {},
  globalMaxPooling2d: {},
  globalAveragePooling1d: {},
  globalAveragePooling2d: {},
  flatten: {},
  reshape: { plain: ["target_shape"] },
  dropout: { plain: ["rate"] },
  gaussianNoise: { plain: ["stddev"] },
  batchNormalization: { plain: ["momentum", "epsilon", "center"], weights: ["gamma", "beta"] },
  layerNormalization: { plain: ["epsilon", "center"], weights: ["gamma", "beta"] },
  activation: { activations: ["activation"] },
  embedding: { plain: ["input_dim", "output_dim", "mask_zero"], weights: ["embeddings"] },
  simpleRNN: { plain: RECURRENT, activations: ["activation"], weights: KERNEL },
  lstm: { plain: RECURRENT, activations: ["activation", "recurrent_activation"], weights: KERNEL },
  gru: { plain: RECURRENT, activations: ["activation", "recurrent_activation"], weights: KERNEL },
  repeatVector: { plain: ["n"] },
  multiHeadAttention: { plain: ["num_heads", "key_dim"], weights: KERNEL },
  add: {},
  concatenate: {},
};

const OURS: Record<string, string> = {
  kernel_size: "kernelSize",
  dilation_rate: "dilation",
  pool_size: "poolSize",
  target_shape: "targetShape",
  stddev: "std",
  center: "useBias",
  input_dim: "inputDim",
  output_dim: "outputDim",
  mask_zero: "maskZero",
  return_sequences: "returnSequences",
  recurrent_activation: "recurrentActivation",
  num_heads: "heads",
  key_dim: "keyDim",
};

// Functions of Keras 2 and TensorFlow.js that differ from those of Keras 3 of the same name.
const HARD = "Its hardSigmoid is steeper (0.2 x + 0.5) than that of Keras 3, which is used here.";

/** The layers of a plan that one of Keras is, in a row, with what Keras keeps of each. @param old Keras 2 or TensorFlow.js wrote it. */
export function layersOf(given: Given, old: boolean): { fields: Fields; kept: Own[] }[] {
  if (given.kind === "SeparableConv2D") return separable(given, old);
  const fields = layerFields(given, old);
  const first = { fields, kept: variablesOf(fields) };
  if (given.config["keepdims"] !== true) return [first];
  const ones = String(fields["layer"]).endsWith("2d") ? [1, 1] : [1];
  return [first, { fields: { layer: "reshape", targetShape: [...ones, -1] }, kept: [] }];
}

/** Each channel with a kernel of its own, then a convolution of 1 × 1. */
function separable({ name, kind, config, notes }: Given, old: boolean): { fields: Fields; kept: Own[] }[] {
  for (const key of ["depth_multiplier", "depthwise_constraint", "pointwise_constraint"])
    if (![undefined, null, 1].includes(config[key] as null))
      throw unsupported(name, kind, `has ${key}, which is not supported`);
  const { filters, activation: last, bias_initializer, bias_regularizer, use_bias, bias_constraint, ...own } = config;
  const bias = { bias_initializer, bias_regularizer, bias_constraint, use_bias };
  const { trainable } = config;
  const start = config["pointwise_initializer"];
  const penalty = config["pointwise_regularizer"];
  const point = { kernel_size: 1, kernel_initializer: start, kernel_regularizer: penalty };
  const each = { ...own, activation: "linear", use_bias: false };
  const depth = layerFields({ name: `${name}/depthwise`, kind: "DepthwiseConv2D", config: each, notes }, old);
  const mixed = { ...point, ...bias, filters, activation: last, trainable };
  const pointwise = layerFields({ name, kind: "Conv2D", config: mixed, notes }, old);
  return [
    { fields: depth, kept: variablesOf(depth) },
    { fields: pointwise, kept: variablesOf(pointwise).map((one, i) => ({ ...one, at: `vars/${i + 1}` })) },
  ];
}

function layerFields(given: Given, old: boolean): Fields {
  const { name, kind, config, notes } = given;
  const { dtype: _dtype, ...rest } = config;
  const layer = ours(kind.replace(/^CuDNN/, ""), LAYERS);
  for (const [key, allowed] of Object.entries(NEUTRAL)) {
    if (rest[key] === undefined || (key === "scale" && !layer?.endsWith("Normalization"))) continue;
    if (!allowed.includes(rest[key] as never)) throw unsupported(name, kind, `has ${key}, which is not supported`);
  }
  const named = { name, ...(rest["trainable"] === false && layer && TAKEN[layer]?.weights && { trainable: false }) };
  if (layer === "bidirectional" || layer === "timeDistributed") return wrapper(given, layer, old);
  if (layer) {
    const fields = { layer, ...named, ...taken(given, layer) };
    if (old && Object.values(fields).includes("hardSigmoid") && !notes.includes(HARD)) notes.push(HARD);
    return fields;
  }
  if (kind === "Softmax" || kind === "ReLU" || kind === "ELU" || ours(kind, ACTIVATIONS)) return activationLayer(given);
  throw unsupported(name, kind, hint(kind));
}

function hint(kind: string): string | undefined {
  if (kind === "Rescaling")
    return "scales the data in a way other than dividing them before the first layer; use data.scale of the plan";
  if (kind === "Normalization") return "scales the data, which is data.scale in a plan; it is not supported as a layer";
  if (kind === "Lambda") return "contains code, which is never run here";
  return undefined;
}

function taken(given: Given, layer: string): Fields {
  const { name, kind, config } = given;
  const { plain = [], activations = [], weights = [] } = TAKEN[layer];
  const fields: Fields = {};
  for (const key of plain) {
    const value = config[key] ?? config[camel(key)];
    if (value !== undefined && value !== null)
      fields[OURS[key] ?? key] = typeof value === "number" ? shortest(value) : value;
  }
  for (const key of activations)
    if (config[key] !== undefined) fields[OURS[key] ?? key] = activation(given, config[key]);
  const [kernel, bias] = weights;
  if (kernel) {
    const start = initialiser(given, config[`${kernel}_initializer`]);
    if (start !== undefined) fields["kernelInit"] = start;
    Object.assign(fields, penalties(given, config[`${kernel}_regularizer`]));
  }
  if (bias) {
    const start = initialiser(given, config[`${bias}_initializer`]);
    if (start !== undefined) fields["biasInit"] = start;
    if (typeof config["use_bias"] === "boolean") fields["useBias"] = config["use_bias"];
  }
  if (layer.endsWith("Normalization")) lastAxis(given);
  if (fields["padding"] === "causal") throw unsupported(name, kind, "has causal padding, which is not supported");
  if (layer === "concatenate") lastAxis(given);
  if (layer === "gru" && config["reset_after"] === false)
    given.notes.push(
      `Layer ${name} (${kind}) has reset_after=False; reset_after=True, the default of Keras, is used here.`,
    );
  if (layer === "multiHeadAttention") attention(given);
  return fields;
}

const camel = (key: string) => key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Normalised and joined is along the last axis; which number that is, the file may tell without the rank. */
function lastAxis({ name, kind, config }: Given): void {
  const axis = Array.isArray(config["axis"]) && config["axis"].length === 1 ? config["axis"][0] : config["axis"];
  const first = kind === "Concatenate" && axis === 1;
  if (axis !== undefined && !first && ![-1, 1, 2, 3].includes(axis as number))
    throw unsupported(name, kind, `works along axis ${JSON.stringify(config["axis"])}, which is not supported`);
}

function attention({ name, kind, config }: Given): void {
  const { key_dim, value_dim, dropout, output_shape, attention_axes: axes } = config;
  if (axes && String(axes) !== "1")
    throw unsupported(name, kind, `attends along the axes ${axes}, which is not supported`);
  if (value_dim !== undefined && value_dim !== null && value_dim !== key_dim)
    throw unsupported(name, kind, "has a value_dim other than its key_dim, which is not supported");
  if (dropout) throw unsupported(name, kind, "uses dropout, which is not supported");
  if (output_shape) throw unsupported(name, kind, "has an output_shape, which is not supported");
}

function wrapper(given: Given, layer: string, old: boolean): Fields {
  const { name, kind, config, notes } = given;
  const inner = config["layer"];
  const innerKind = nameOf(inner);
  if (!isObject(inner) || !innerKind) throw unsupported(name, kind, "contains no layer");
  const frozen = config["trainable"] === false && { trainable: false };
  const own: Fields = { ...(isObject(inner["config"]) ? inner["config"] : {}), ...frozen };
  const of = layerFields({ name: String(own["name"] ?? innerKind), kind: innerKind, config: own, notes }, old);
  const { name: _name, ...fields } = of;
  const merge = config["merge_mode"] ?? "concat";
  if (layer === "bidirectional" && merge !== "concat" && merge !== "sum")
    throw unsupported(name, kind, `has the merge_mode ${JSON.stringify(merge)}, which is not supported`);
  return { layer, name, of: fields, ...(layer === "bidirectional" && { mergeMode: merge }) };
}

function activationLayer(given: Given): Fields {
  const { name, kind, config, notes } = given;
  const made = (activation: string) => ({ layer: "activation", name, activation });
  const slope = config["negative_slope"] ?? config["alpha"];
  switch (fold(kind)) {
    case "softmax": {
      if (config["axis"] !== undefined && ![-1, 1, 2, 3].includes(config["axis"] as number))
        throw unsupported(name, kind, `works along axis ${JSON.stringify(config["axis"])}, which is not supported`);
      return made("softmax");
    }
    case "relu":
      if (typeof slope !== "number" || slope === 0) return made("relu");
      leaking(slope, name, kind, notes);
      return made("leakyRelu");
    case "leakyrelu":
      // The default of Keras' layer is 0.3.
      leaking(typeof slope === "number" ? slope : 0.3, name, kind, notes);
      return made("leakyRelu");
    case "elu":
      if (slope !== undefined && slope !== null && slope !== 1)
        notes.push(`Layer ${name} (${kind}) has alpha ${JSON.stringify(slope)}; 1 is used here.`);
      return made("elu");
    default:
      return made(ours(kind, ACTIVATIONS)!);
  }
}
