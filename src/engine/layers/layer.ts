/** The engine's interface of a layer: its output shape, its weights, and the nodes that compute it. */
import type { Initialiser, Layer } from "../../plan/plan.ts";
import { ACTIVATIONS } from "../activations.ts";
import * as b from "../graph/build.ts";
import { type Graph, size, type Tensor } from "../graph/graph.ts";
import type { Fans } from "../initialisers.ts";

/** A batch of rows on its way through the network. */
export type Signal = {
  tensor: Tensor;
  /** The shape of one row, channels last, as in the plan. */
  shape: readonly number[];
  /** Whether the layout of the tensor is [rows, channels, ...sides], that of convolutions. */
  channelsFirst: boolean;
  /** [...lead, rows, steps]: 1 where a step counts, 0 where it is padding; null where all count. */
  mask: Tensor | null;
};

/** Random numbers that a layer asks for: a mask of dropout, or normal noise; `size` of them for each row. */
export type Draw = { size: number } & ({ rate: number } | { std: number });

export type Context = {
  g: Graph;
  /** [] for one training, [n] for n trainings stacked along a leading axis. */
  lead: readonly number[];
  rows: number;
  /** Whether normalisation uses the statistics of the batch, not the moving ones. */
  training: boolean;
  /** [...lead, rows, 1]: 0 for the rows that only pad a batch; null where every row counts. */
  real: Tensor | null;
  /** The random numbers that `draws` asked for, each [...lead, rows, size] and new in every step; null where nothing is drawn. */
  drawn: readonly Tensor[] | null;
};

export type WeightSpec = {
  name: string;
  shape: readonly number[];
  init: Initialiser;
  fans: Fans;
  /** The columns of the weight as a matrix, for `orthogonal`. Absent: the product of all axes but the first. */
  columns?: number;
  /** The range of its numbers that are initialised to 1. */
  ones?: { from: number; to: number };
  l1: number;
  l2: number;
  trainable: boolean;
  /** Whether training changes it without a gradient: the layer returns its new value in `after`. */
  moving?: boolean;
};

/** Weights by the name in their specification. */
export type Weights = Readonly<Record<string, Tensor>>;
export type Built = Signal & {
  /** The input of the last activation. */
  logits?: Tensor;
  /** The new values of the moving weights, in training. */
  after?: Weights;
};

export type Of<K extends Layer["layer"]> = Extract<Layer, { layer: K }>;

export type LayerKind<K extends Layer["layer"] = Layer["layer"]> = {
  /** The most inputs that it accepts (`from`). Absent: one. */
  joins?: number;
  /** Whether it has no leading axis along which trainings could be stacked. */
  alone?: true;
  /** The shape of one row after the layer; throws a sentence when the shape before does not fit. */
  shape(layer: Of<K>, before: readonly number[], ...more: (readonly number[])[]): number[];
  /** The weights, in a fixed order: the initial values of a weight depend on its index. */
  weights?(layer: Of<K>, before: readonly number[], ...more: (readonly number[])[]): WeightSpec[];
  draws?(layer: Of<K>, before: readonly number[], ...more: (readonly number[])[]): Draw[];
  build(context: Context, layer: Of<K>, x: Signal, weights: Weights, ...more: Signal[]): Built;
};

const sides = (shape: readonly number[]) => shape.slice(0, -1);
/** The axes of a tensor [rows, channels, ...sides] in the order of channels last, and back. */
const toLast = (rank: number) => [0, ...Array.from({ length: rank - 1 }, (_, i) => i + 2), 1];
const toFirst = (rank: number) => [0, rank, ...Array.from({ length: rank - 1 }, (_, i) => i + 1)];

/** The signal with its channels last. */
export function channelsLast({ g, lead, rows }: Context, { tensor, shape, channelsFirst }: Signal): Tensor {
  if (!channelsFirst) return tensor;
  const alike = shape.at(-1) === 1 || size(sides(shape)) === 1;
  return b.reshape(g, alike ? tensor : b.transpose(g, tensor, toLast(shape.length)), [...lead, rows, ...shape]);
}

/** The signal as [rows, channels, ...sides]. */
export function channelsBeforeSides({ g, rows }: Context, { tensor, shape, channelsFirst }: Signal): Tensor {
  if (channelsFirst) return tensor;
  return shape.at(-1) === 1
    ? b.reshape(g, tensor, [rows, 1, ...sides(shape)])
    : b.transpose(g, tensor, toFirst(shape.length));
}

/** A step of joined signals counts where it counts for any of them; where one has no mask, all steps do. */
export function eitherMask({ g }: Context, signals: readonly Signal[]): Tensor | null {
  const masks = signals.flatMap(({ mask }) => mask ?? []);
  return masks.length === signals.length ? masks.reduce((one, other) => b.max(g, one, other)) : null;
}

/** Applies an activation; `logits` is its input. */
export function activate(context: Context, name: string, x: Signal): Signal & { logits: Tensor } {
  const { g } = context;
  const f = ACTIVATIONS[name];
  // Softmax works along the channels, which are the second axis in the layout of images.
  if (name === "softmax" && x.channelsFirst) {
    const last = b.softmax(g, b.transpose(g, x.tensor, toLast(x.shape.length)));
    return { ...x, tensor: b.transpose(g, last, toFirst(x.shape.length)), logits: x.tensor };
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
