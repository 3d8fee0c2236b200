/** One layer of a plan in PyTorch: the modules it consists of and the expression that applies them. Rows stay channels last between layers, as in Keras. */

import type { Layer } from "../../plan/layers.ts";
import { UserError } from "../../user-error.ts";
import { ACTIVATIONS } from "../snippets/pytorch-network.ts";
import type { Subject } from "./subject.ts";

type Placed = Subject["layers"][number];
/** `modules`: what is kept under the layer's name; `call`: the result, that being {m} and what it takes from {0}, {1} …, or all {*}; `plain`: the modules in their order. */
export type Emitted = { modules: string[]; call: string; plain: boolean };

const tuple = (values: readonly number[]): string => (values.length === 1 ? `${values[0]}` : `(${values.join(", ")})`);
const pair = (value: number | readonly number[]): readonly number[] => (typeof value === "number" ? [value] : value);

const module = (...modules: string[]): Emitted => ({ modules, call: "{m}({0})", plain: true });
const computed = (call: string): Emitted => ({ modules: [], call, plain: false });
/** PyTorch's convolutions and pooling layers expect the channels before height and width. */
const turned = (made: string, padded = "{0}.movedim(-1, 1)"): Emitted => ({
  modules: [made],
  call: `{m}(${padded}).movedim(1, -1)`,
  plain: false,
});

/** What "same" pads, the odd one at the end; the last axis first, as PyTorch expects it. */
function pads(
  sides: readonly number[],
  window: readonly number[],
  strides: readonly number[],
  dilation: readonly number[],
): number[] {
  return sides
    .map((side, i) => {
      const reach = dilation[i] * (window[i] - 1) + 1;
      const total = Math.max(0, (Math.ceil(side / strides[i]) - 1) * strides[i] + reach - side);
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    })
    .toReversed()
    .flat();
}

type Windowed = {
  kernel: number | readonly number[];
  strides: number | readonly number[];
  padding: string;
  dilation?: number | readonly number[];
};

function padded({ kernel, strides, padding, dilation }: Windowed, before: readonly number[], fill: string): string {
  const window = pair(kernel);
  const all = pads(before.slice(0, -1), window, pair(strides), dilation ? pair(dilation) : window.map(() => 1));
  if (padding === "valid" || all.every((n) => n === 0)) return "{0}.movedim(-1, 1)";
  return `nn.functional.pad({0}.movedim(-1, 1), (${all.join(", ")})${fill})`;
}

function convolution(layer: Extract<Layer, { dilation: unknown }>, before: readonly number[]): Emitted {
  const window = { kernel: layer.kernelSize, strides: layer.strides, padding: layer.padding, dilation: layer.dilation };
  const channels = before.at(-1)!;
  const filters = layer.layer === "depthwiseConv2d" ? channels : layer.filters;
  const args = [
    `${channels}, ${filters}, ${tuple(pair(layer.kernelSize))}`,
    `stride=${tuple(pair(layer.strides))}`,
    ...(pair(layer.dilation).every((n) => n === 1) ? [] : [`dilation=${tuple(pair(layer.dilation))}`]),
    ...(layer.layer === "depthwiseConv2d" ? [`groups=${channels}`] : []),
    ...(layer.useBias ? [] : ["bias=False"]),
  ];
  return turned(`nn.Conv${before.length - 1}d(${args.join(", ")})`, padded(window, before, ""));
}

function pool(layer: Extract<Layer, { poolSize: unknown }>, before: readonly number[]): Emitted {
  const window = { kernel: layer.poolSize, strides: layer.strides, padding: layer.padding };
  const max = layer.layer.startsWith("max");
  const call = padded(window, before, max ? ', value=float("-inf")' : "");
  if (!max && call.startsWith("nn.functional"))
    throw unwritten(layer.layer, "with padding, whose zeros PyTorch includes in the mean,");
  const made = `nn.${max ? "Max" : "Avg"}Pool${before.length - 1}d(${tuple(pair(layer.poolSize))}, stride=${tuple(pair(layer.strides))})`;
  return turned(made, call);
}

const unwritten = (layer: string, how = "") =>
  new UserError(
    `layer ${layer}${how ? ` ${how}` : ""} is not supported in PyTorch programs.`,
    "Use the Keras program instead.",
  );

function recurrent(
  layer: Extract<Layer, { returnSequences: boolean }>,
  before: readonly number[],
  both: boolean,
): Emitted {
  const kind = { simpleRNN: "RNN", lstm: "LSTM", gru: "GRU" }[layer.layer];
  const gates = "recurrentActivation" in layer && layer.recurrentActivation !== "sigmoid";
  if (layer.activation !== "tanh" || gates || layer.dropout > 0 || !layer.useBias)
    throw unwritten(layer.layer, "with other activations, a dropout of its own or no bias");
  const modules = [`nn.${kind}(${before[1]}, ${layer.units}, batch_first=True${both ? ", bidirectional=True" : ""})`];
  if (layer.returnSequences) return { modules, call: "{m}({0})[0]", plain: false };
  // The last state of each direction, concatenated.
  const state = layer.layer === "lstm" ? "[1][0]" : "[1]";
  return { modules, call: both ? `torch.cat(tuple({m}({0})${state}), -1)` : `{m}({0})${state}[-1]`, plain: false };
}

function attention(layer: Extract<Layer, { layer: "multiHeadAttention" }>, before: readonly number[]): Emitted {
  if (layer.heads * layer.keyDim !== before[1] || !layer.useBias)
    throw unwritten(layer.layer, "whose heads do not share the features between them");
  const mask = layer.causal ? `, attn_mask=nn.Transformer.generate_square_subsequent_mask(${before[0]})` : "";
  return {
    modules: [`nn.MultiheadAttention(${before[1]}, ${layer.heads}, batch_first=True)`],
    call: `{m}({0}, {1}, {1}, need_weights=False${mask})[0]`,
    plain: false,
  };
}

/** PyTorch's batch normalization expects the channels as the second axis. */
function batchNormalization(
  layer: Extract<Layer, { layer: "batchNormalization" }>,
  before: readonly number[],
): Emitted {
  const rank = Math.max(1, before.length - 1);
  const momentum = Number((1 - layer.momentum).toPrecision(6));
  const made = `nn.BatchNorm${rank}d(${before.at(-1)}, eps=${layer.epsilon}, momentum=${momentum})`;
  return before.length === 1 ? module(made) : turned(made);
}

/** The layer without its activation. */
function own({ layer, befores: [before], shape }: Placed): Emitted {
  switch (layer.layer) {
    case "dense":
      return module(`nn.Linear(${before.at(-1)}, ${layer.units}${layer.useBias ? "" : ", bias=False"})`);
    case "conv1d":
    case "conv2d":
    case "depthwiseConv2d":
      return convolution(layer, before);
    case "maxPooling1d":
    case "maxPooling2d":
    case "averagePooling1d":
    case "averagePooling2d":
      return pool(layer, before);
    case "globalMaxPooling1d":
    case "globalMaxPooling2d":
      return computed("{0}.flatten(1, -2).amax(1)");
    case "globalAveragePooling1d":
    case "globalAveragePooling2d":
      return computed("{0}.flatten(1, -2).mean(1)");
    case "flatten":
      return module("nn.Flatten()");
    case "reshape":
      return computed(`{0}.reshape(len({0}), ${shape.join(", ")})`);
    case "dropout":
      return module(`nn.Dropout(${layer.rate})`);
    case "gaussianNoise":
      return computed(`{0} + ${layer.std} * torch.randn_like({0}) * self.training`);
    case "batchNormalization":
      return batchNormalization(layer, before);
    case "layerNormalization":
      return module(`nn.LayerNorm(${before.at(-1)}, eps=${layer.epsilon})`);
    case "activation":
      return module(ACTIVATIONS[layer.activation] || "nn.Identity()");
    case "embedding":
      return {
        modules: [`nn.Embedding(${layer.inputDim}, ${layer.outputDim})`],
        call: "{m}({0}.long())",
        plain: false,
      };
    case "simpleRNN":
    case "lstm":
    case "gru":
      return recurrent(layer, before, false);
    case "bidirectional":
      if (layer.mergeMode === "sum") throw unwritten(layer.layer, "that sums its directions");
      return recurrent(layer.of, before, true);
    case "timeDistributed":
      if (!["dense", "dropout", "activation", "layerNormalization"].includes(layer.of.layer))
        throw unwritten(layer.layer);
      return emitted({ name: "", layer: layer.of, inputs: [], befores: [before.slice(1)], shape: shape.slice(1) });
    case "repeatVector":
      return computed(`{0}.unsqueeze(1).expand(-1, ${layer.n}, -1)`);
    case "multiHeadAttention":
      return attention(layer, before);
    case "add":
      return computed("sum({*})");
    case "concatenate":
      return computed("torch.cat({*}, -1)");
  }
}

/** The layer and its activation; @param bare without the activation, where the loss includes it. */
export function emitted(placed: Placed, bare = false): Emitted {
  const { layer } = placed;
  if (bare && layer.layer === "activation") return module("nn.Identity()");
  const made = own(placed);
  const within = ["activation", "simpleRNN", "lstm", "gru"].includes(layer.layer);
  const activation = "activation" in layer && !within && !bare ? ACTIVATIONS[layer.activation] : "";
  if (!activation) return made;
  if (made.plain) return module(...made.modules, activation);
  return { ...made, call: `${activation}(${made.call})` };
}
