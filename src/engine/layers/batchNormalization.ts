/** Normalises every channel to mean 0 and variance 1 over the batch, then applies a scale and a shift per channel. */
import * as b from "../graph/build.ts";
import { type Graph, size, type Tensor } from "../graph/graph.ts";
import type { Context, LayerKind, Signal, WeightSpec } from "./layer.ts";
import { scaleAndShift } from "./normalize.ts";

/** A signal as [..., vectors / abreast, abreast · channels], or channels first as [rows, channels, places]. */
type View = {
  tensor: Tensor;
  vectors: number;
  /** How many vectors are joined into one line: the runtime broadcasts over long lines faster than over short ones. */
  abreast: number;
  places: number;
  channels: number;
  channelsFirst: boolean;
};

// Measured: 43,264 vectors of 32 channels times a number for each channel take 0.69 ms, as lines of 256 numbers 0.26 ms.
const LINE = 256;
// For smaller tensors, changing the layout takes as long as it saves.
const SMALL = 2 ** 16;

export const batchNormalization: LayerKind<"batchNormalization"> = {
  shape: (_layer, before) => [...before],
  weights(layer, before) {
    const specs = scaleAndShift(layer, before.at(-1)!);
    const moving = (name: string, init: "zeros" | "ones"): WeightSpec => {
      const { shape, fans, trainable } = specs[0];
      return { name, shape, fans, init, l1: 0, l2: 0, trainable, moving: trainable };
    };
    return [...specs, moving("movingMean", "zeros"), moving("movingVariance", "ones")];
  },
  build(context, layer, x, { gamma, beta, movingMean, movingVariance }) {
    const { g } = context;
    const view = viewOf(context, x);
    // A frozen layer works as in evaluation, as in Keras.
    const own = context.training && layer.trainable ? moments(context, x, view) : null;
    const [mean, variance] = own ? [own.mean, own.variance] : [movingMean, movingVariance];
    const scale = b.div(g, gamma, b.sqrt(g, b.add(g, variance, g.scalar(layer.epsilon))));
    const centred = own?.centred ?? b.sub(g, view.tensor, perChannel(context, view, mean));
    const scaled = b.mul(g, centred, perChannel(context, view, scale));
    const shifted = beta ? b.add(g, scaled, perChannel(context, view, beta)) : scaled;
    const signal = { ...x, tensor: b.reshape(g, shifted, x.tensor.shape) };
    if (!own) return signal;
    const moved = (moving: Tensor, now: Tensor) =>
      b.add(g, b.scale(g, moving, layer.momentum), b.scale(g, now, 1 - layer.momentum));
    return {
      ...signal,
      after: { movingMean: moved(movingMean, mean), movingVariance: moved(movingVariance, variance) },
    };
  },
};

function viewOf({ g, lead, rows }: Context, { tensor, shape, channelsFirst }: Signal): View {
  const channels = shape.at(-1)!;
  const places = size(shape.slice(0, -1));
  if (channelsFirst)
    return {
      tensor: b.reshape(g, tensor, [rows, channels, places]),
      vectors: rows,
      abreast: 1,
      places,
      channels,
      channelsFirst,
    };
  const vectors = rows * places;
  let abreast = 1;
  if (vectors * channels > SMALL) while (vectors % (2 * abreast) === 0 && 2 * abreast * channels <= LINE) abreast *= 2;
  const lines = b.reshape(g, tensor, [...lead, vectors / abreast, abreast * channels]);
  return { tensor: lines, vectors, abreast, places: 1, channels, channelsFirst };
}

/** Numbers [..., 1, channels], reshaped so that they broadcast over the view. */
function perChannel({ g, lead }: Context, { channels, abreast, channelsFirst }: View, numbers: Tensor): Tensor {
  if (channelsFirst) return b.reshape(g, numbers, [1, channels, 1]);
  if (abreast === 1) return numbers;
  const again = b.expand(g, b.reshape(g, numbers, [...lead, 1, 1, channels]), [...lead, 1, abreast, channels]);
  return b.reshape(g, again, [...lead, 1, abreast * channels]);
}

/** Mean and variance [..., 1, channels] over the rows that do not pad the batch and the steps that are not padding. */
function moments(context: Context, x: Signal, view: View): { mean: Tensor; variance: Tensor; centred: Tensor } {
  const { g } = context;
  const shares = sharesOf(context, x, view);
  const vectors = (tensor: Tensor) => b.reshape(g, tensor, [...context.lead, view.vectors, view.channels]);
  const average = (tensor: Tensor) =>
    b.matmul(g, shares, view.channelsFirst ? b.sum(g, tensor, [2]) : vectors(tensor), { transA: true });
  const mean = average(view.tensor);
  const centred = b.sub(g, view.tensor, perChannel(context, view, mean));
  return { mean, variance: average(b.square(g, centred)), centred };
}

/** The share [..., vectors, 1] of each vector in the mean. */
function sharesOf(
  { g, lead, rows, real }: Context,
  { mask }: Signal,
  { vectors, places, channelsFirst }: View,
): Tensor {
  const shape = [...lead, vectors, 1];
  const counts = mask && real ? b.mul(g, mask, real) : (mask ?? real);
  if (!counts) return g.constant(new Float32Array(size(shape)).fill(1 / (vectors * places)), shape);
  const steps = counts.shape.at(-1)!;
  const each = (channelsFirst ? rows : vectors) / (rows * steps);
  const perVector = [...lead, rows * steps, 1];
  const counted = b.reshape(
    g,
    each === 1 ? b.reshape(g, counts, perVector) : b.mul(g, b.reshape(g, counts, perVector), ones(g, each)),
    shape,
  );
  // Where nothing counts, the mean is 0 (Keras adds an epsilon to the divisor).
  return b.div(g, counted, b.max(g, b.scale(g, b.sum(g, counted, [-2], true), places), g.scalar(1)));
}

const ones = (g: Graph, n: number) => g.constant(new Float32Array(n).fill(1), [1, n]);
