/** How a window slides over an image: padding and output size, as in Keras. */

import { RISING } from "../activations.ts";
import * as b from "../graph/build.ts";
import type { Tensor } from "../graph/graph.ts";
import type { Geometry } from "../graph/operation.ts";
import { convolve } from "../graph/windows.ts";
import { activate, type Built, type Context, channelsBeforeSides, type Signal } from "./layer.ts";

type Pair = readonly number[];

/** [height, width, channels] of a row that must be an image. */
export function asImage(shape: readonly number[]): [number, number, number] {
  if (shape.length !== 3)
    throw new Error(`it needs images [height, width, channels], but a row before it has the shape [${shape}]`);
  return [shape[0], shape[1], shape[2]];
}

/** [steps, channels] of a row that must be a sequence. */
export function asSteps(shape: readonly number[]): [number, number] {
  if (shape.length !== 2)
    throw new Error(`it needs sequences [steps, channels], but a row before it has the shape [${shape}]`);
  return [shape[0], shape[1]];
}

/** A sequence as an image [rows, channels, 1, steps]. */
export function flatImage(context: Context, x: Signal): Tensor {
  const [steps, channels] = x.shape;
  return b.reshape(context.g, channelsBeforeSides(context, x), [context.rows, channels, 1, steps]);
}

/** Zeros around the image [top, left, bottom, right]; "same" puts the odd one at the end. */
export function padding(sides: Pair, window: Pair, strides: Pair, kind: string, dilation: Pair): number[] {
  if (kind === "valid") return [0, 0, 0, 0];
  const total = sides.map((side, i) => {
    const reach = dilation[i] * (window[i] - 1) + 1;
    return Math.max(0, (Math.ceil(side / strides[i]) - 1) * strides[i] + reach - side);
  });
  return [Math.floor(total[0] / 2), Math.floor(total[1] / 2), Math.ceil(total[0] / 2), Math.ceil(total[1] / 2)];
}

/** Height and width of the output. */
export function slide(sides: Pair, window: Pair, strides: Pair, kind: string, dilation: Pair): number[] {
  const out = sides.map((side, i) => {
    if (kind === "same") return Math.ceil(side / strides[i]);
    return Math.floor((side - dilation[i] * (window[i] - 1) - 1) / strides[i]) + 1;
  });
  if (out.some((n) => n < 1))
    throw new Error(`its window [${window}] is larger than what is left of a row, [${sides}]`);
  return out;
}

// By the output of a convolution: how to compute only the maximum of each window [height, width], which takes less time than convolution and pooling in turn.
const POOLED = new WeakMap<Tensor, (window: readonly number[]) => Signal>();
export const pooledAtOnce = (tensor: Tensor, window: readonly number[]): Signal | undefined =>
  POOLED.get(tensor)?.(window);

/** A convolution of rows [..., channels] (sequences, images) as training computes it. */
export function convolved(
  context: Context,
  { activation }: { activation: string },
  x: Tensor,
  kernel: Tensor,
  bias: Tensor | undefined,
  at: Geometry,
): Built {
  const { g, rows } = context;
  const sides = x.shape.length - 2;
  const image = b.reshape(g, x, [rows, ...[1, ...x.shape.slice(1)].slice(-3)]);
  const build = (window: readonly number[]) => {
    const sums = convolve(g, image, kernel, at, window);
    const shape = sums.shape.slice(3 - sides);
    const flat = b.reshape(g, sums, [rows, ...shape]);
    const tensor = bias ? b.add(g, flat, bias) : flat;
    return activate(context, activation, { tensor, shape, channelsFirst: false, mask: null });
  };
  const built = build([1, 1]);
  if (RISING.has(activation)) POOLED.set(built.tensor, build);
  return built;
}
