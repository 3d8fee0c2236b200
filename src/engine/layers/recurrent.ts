/** Layers that read a sequence step by step: simpleRNN, lstm, gru. */
import { gru as gruCell } from "../cells/gru.ts";
import { lstm as lstmCell } from "../cells/lstm.ts";
import { type Cell, parts, recurrence } from "../cells/recurrence.ts";
import { simpleRNN as simpleCell } from "../cells/simpleRNN.ts";
import * as b from "../graph/build.ts";
import type { Graph, Tensor } from "../graph/graph.ts";
import type { WeightSpec, Weights } from "./layer.ts";
import { type Context, channelsLast, type Draw, type LayerKind, type Of, type Signal } from "./layer.ts";

type Recurrent = Of<"simpleRNN" | "lstm" | "gru">;
const CELLS: Record<Recurrent["layer"], Cell> = { simpleRNN: simpleCell, lstm: lstmCell, gru: gruCell };

/** [steps, numbers] of a row that must be a sequence. */
export function asSequence(shape: readonly number[]): [number, number] {
  if (shape.length !== 2)
    throw new Error(`it needs sequences [steps, numbers], but a row before it has the shape [${shape}]`);
  return [shape[0], shape[1]];
}

export function shapeOf(layer: Recurrent, before: readonly number[]): number[] {
  const [steps] = asSequence(before);
  const used = [layer.activation, "recurrentActivation" in layer ? layer.recurrentActivation : ""];
  if (used.includes("softmax")) throw new Error("softmax is no activation of a recurrent unit here");
  return layer.returnSequences ? [steps, layer.units] : [layer.units];
}

export function weightsOf(layer: Recurrent, before: readonly number[]): WeightSpec[] {
  const { units, trainable, l1, l2 } = layer;
  const width = CELLS[layer.layer].gates * units;
  const inputs = before[1];
  const spec = (name: string, shape: number[], init: WeightSpec["init"]): WeightSpec => {
    return { name, shape, init, fans: { in: shape[0], out: shape[1] }, l1: 0, l2: 0, trainable };
  };
  const specs: WeightSpec[] = [
    { ...spec("kernel", [inputs, width], layer.kernelInit), l1, l2 },
    spec("recurrentKernel", [units, width], "orthogonal"),
  ];
  if (!layer.useBias) return specs;
  const bias = spec("bias", [layer.layer === "gru" ? 2 : 1, width], layer.biasInit);
  // The bias of the forget gate is initialised to 1 (Jozefowicz et al., 2015).
  return [...specs, layer.layer === "lstm" ? { ...bias, ones: { from: units, to: 2 * units } } : bias];
}

/** The dropout mask of the inputs is the same in every step. */
export const drawsOf = (layer: Recurrent, before: readonly number[]): Draw[] =>
  layer.dropout > 0 ? [{ size: before[1], rate: layer.dropout }] : [];

/** The output after every step, [steps, ...lead, rows, units]. */
export function outputs(context: Context, layer: Recurrent, x: Signal, weights: Weights, reverse: boolean): Tensor {
  const { g, lead, rows, drawn } = context;
  const [steps, width] = x.shape;
  const stacked = lead.length > 0;
  const tensor = channelsLast(context, x);
  const kept = drawn?.length ? b.mul(g, tensor, b.reshape(g, drawn[0], [...lead, rows, 1, width])) : tensor;
  const byStep = b.transpose(g, kept, stacked ? [0, 2, 1, 3] : [1, 0, 2]);
  const { kernel, recurrentKernel, bias, recurrentBias } = inOrder(g, layer, weights);
  const sums = b.matmul(g, b.reshape(g, byStep, [...lead, steps * rows, width]), kernel, { bias });
  const inputs = b.reshape(g, sums, [...lead, steps, rows, sums.shape.at(-1)!]);
  return recurrence(CELLS[layer.layer], {
    g,
    inputs: stacked ? b.transpose(g, inputs, [1, 0, 2, 3]) : inputs,
    recurrent: recurrentKernel,
    recurrentBias,
    mask: x.mask && stepMask(context, x.mask),
    reverse,
    activation: layer.activation,
    recurrentActivation: "recurrentActivation" in layer ? layer.recurrentActivation : "",
  });
}

/** [...lead, rows, steps] as [steps, ...lead, rows, 1]. */
function stepMask({ g, lead, rows }: Context, mask: Tensor): Tensor {
  const steps = mask.shape.at(-1)!;
  return b.reshape(g, b.transpose(g, mask, lead.length > 0 ? [2, 0, 1] : [1, 0]), [steps, ...lead, rows, 1]);
}

/** The weights in the layout of the cell: for an lstm, Keras' gates i f c o in the order i f o c; for a gru, the two biases separately. */
function inOrder(g: Graph, layer: Recurrent, { kernel, recurrentKernel, bias }: Weights): Weights {
  if (layer.layer === "lstm") {
    const ordered = (tensor: Tensor) => {
      const [input, forget, candidate, output] = parts(g, tensor, layer.units, [1, 1, 1, 1]);
      return b.concat(g, [input, forget, output, candidate], tensor.shape.length - 1);
    };
    return {
      kernel: ordered(kernel),
      recurrentKernel: ordered(recurrentKernel),
      ...(bias && { bias: ordered(bias) }),
    };
  }
  if (layer.layer === "simpleRNN" || !bias) return { kernel, recurrentKernel, bias };
  const [own, past] = b.split(g, bias, [1, 1], bias.shape.length - 2);
  return { kernel, recurrentKernel, bias: own, recurrentBias: past };
}

/** The layer's output, from the outputs of all steps: all of them, or the last one computed. */
export function given(context: Context, layer: Recurrent, all: Tensor, mask: Tensor | null, reverse = false): Signal {
  const { g, lead, rows } = context;
  const [steps] = all.shape;
  const { units } = layer;
  if (layer.returnSequences) {
    const tensor = b.transpose(g, all, lead.length > 0 ? [1, 2, 0, 3] : [1, 0, 2]);
    return { tensor, shape: [steps, units], channelsFirst: false, mask };
  }
  const last = b.slice(g, all, 0, reverse ? 0 : steps - 1, 1);
  return { tensor: b.reshape(g, last, [...lead, rows, units]), shape: [units], channelsFirst: false, mask: null };
}

const kind = <K extends Recurrent["layer"]>(): LayerKind<K> => {
  const own = (layer: Of<K>) => layer as unknown as Recurrent;
  return {
    shape: (layer, before) => shapeOf(own(layer), before),
    weights: (layer, before) => weightsOf(own(layer), before),
    draws: (layer, before) => drawsOf(own(layer), before),
    build: (context, layer, x, weights) =>
      given(context, own(layer), outputs(context, own(layer), x, weights, false), x.mask),
  };
};

export const simpleRNN = kind<"simpleRNN">();
export const lstm = kind<"lstm">();
export const gru = kind<"gru">();
