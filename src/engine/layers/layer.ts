/** What a layer is to the engine: the shape it gives, the weights it needs, and the nodes that compute it. */
import type { Initialiser, Layer } from "../../plan/plan.ts";
import { ACTIVATIONS } from "../activations.ts";
import * as b from "../graph/build.ts";
import { type Graph, size, type Tensor } from "../graph/graph.ts";
import type { Fans } from "../initialisers.ts";

/** A batch of rows on its way through the network. */
export type Signal = {
  tensor: Tensor;
  /** Of one row, channels last, as the user counts it. */
  shape: readonly number[];
  /** The tensor is laid out [rows, channels, height, width], as convolutions want it. */
  channelsFirst: boolean;
};

export type Context = {
  g: Graph;
  /** [] for one training, [n] for n trainings stacked along a leading axis. */
  lead: readonly number[];
  rows: number;
  /** Training: a random mask for each layer that drops, the next one first. Null in evaluation. */
  masks: Tensor[] | null;
};

export type WeightSpec = {
  name: "kernel" | "bias";
  shape: readonly number[];
  init: Initialiser;
  fans: Fans;
  l1: number;
  l2: number;
  trainable: boolean;
};

export type Of<K extends Layer["layer"]> = Extract<Layer, { layer: K }>;

export type LayerKind<K extends Layer["layer"] = Layer["layer"]> = {
  /** The shape of one row after the layer; throws a plain sentence when the row before does not fit. */
  shape(layer: Of<K>, before: readonly number[]): number[];
  weights?(layer: Of<K>, before: readonly number[]): WeightSpec[];
  build(context: Context, layer: Of<K>, x: Signal, weights: Tensor[]): Signal & { logits?: Tensor };
};

/** The signal with its channels last, rows flattened to vectors if `flat`. */
export function channelsLast({ g, lead, rows }: Context, { tensor, shape, channelsFirst }: Signal): Tensor {
  if (!channelsFirst) return tensor;
  const [height, width, channels] = shape;
  const alike = channels === 1 || height * width === 1;
  return b.reshape(g, alike ? tensor : b.transpose(g, tensor, [0, 2, 3, 1]), [...lead, rows, ...shape]);
}

/** The signal as images [rows, channels, height, width]. */
export function channelsBeforeSides({ g, rows }: Context, { tensor, shape, channelsFirst }: Signal): Tensor {
  if (channelsFirst) return tensor;
  const [height, width, channels] = shape;
  return channels === 1 ? b.reshape(g, tensor, [rows, channels, height, width]) : b.transpose(g, tensor, [0, 3, 1, 2]);
}

/** Applies an activation; `logits` is what went in. */
export function activate(context: Context, name: string, x: Signal): Signal & { logits: Tensor } {
  const { g } = context;
  const f = ACTIVATIONS[name];
  // Softmax runs over the channels, which the layout of images has in the middle.
  if (name === "softmax" && x.channelsFirst) {
    const last = b.softmax(g, b.transpose(g, x.tensor, [0, 2, 3, 1]));
    return { ...x, tensor: b.transpose(g, last, [0, 3, 1, 2]), logits: x.tensor };
  }
  return { ...x, tensor: f(g, x.tensor), logits: x.tensor };
}

/** Weight specifications of a layer with a kernel and, perhaps, a bias. */
export function kernelAndBias(
  layer: {
    kernelInit: Initialiser;
    biasInit: Initialiser;
    useBias: boolean;
    l1: number;
    l2: number;
    trainable: boolean;
  },
  kernel: readonly number[],
  bias: readonly number[],
  fans: Fans,
): WeightSpec[] {
  const { trainable, l1, l2 } = layer;
  const specs: WeightSpec[] = [{ name: "kernel", shape: kernel, init: layer.kernelInit, fans, l1, l2, trainable }];
  const own = { in: size(bias), out: size(bias) };
  if (layer.useBias)
    specs.push({ name: "bias", shape: bias, init: layer.biasInit, fans: own, l1: 0, l2: 0, trainable });
  return specs;
}
