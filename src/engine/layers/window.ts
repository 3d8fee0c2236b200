/** How a window slides over an image: padding and the size of what comes out, as in Keras. */
import * as b from "../graph/build.ts";
import type { Tensor } from "../graph/graph.ts";
import { type Context, channelsBeforeSides, type Signal } from "./layer.ts";

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

/** Height and width of what comes out. */
export function slide(sides: Pair, window: Pair, strides: Pair, kind: string, dilation: Pair): number[] {
  const out = sides.map((side, i) => {
    if (kind === "same") return Math.ceil(side / strides[i]);
    return Math.floor((side - dilation[i] * (window[i] - 1) - 1) / strides[i]) + 1;
  });
  if (out.some((n) => n < 1))
    throw new Error(`its window [${window}] is larger than what is left of a row, [${sides}]`);
  return out;
}
