/** Layers that reduce each channel of a row to one number: the maximum or the mean. */
import * as b from "../graph/build.ts";
import type { Tensor } from "../graph/graph.ts";
import type { Context, Signal } from "./layer.ts";
import { asImage, asSteps } from "./window.ts";

type Fold = (context: Context, x: Signal, axes: number[]) => Tensor;

const largest: Fold = ({ g }, { tensor }, axes) => b.largest(g, tensor, axes);

const mean: Fold = ({ g }, { tensor }, axes) => b.mean(g, tensor, axes);
/** Padded steps do not count. */
const meanOfSteps: Fold = (context, x, axes) => {
  const { g } = context;
  const { tensor, mask } = x;
  if (!mask) return mean(context, x, axes);
  const counts = b.reshape(g, mask, [...mask.shape, 1]);
  return b.div(g, b.sum(g, b.mul(g, tensor, counts), axes), b.sum(g, mask, [-1], true));
};

const folding = (fold: Fold, check: (before: readonly number[]) => readonly number[]) => ({
  shape: (_layer: object, before: readonly number[]) => [check(before).at(-1)!],
  build(context: Context, _layer: object, x: Signal): Signal {
    const first = context.lead.length + (x.channelsFirst ? 2 : 1);
    const axes = x.shape.slice(0, -1).map((_, i) => first + i);
    return { tensor: fold(context, x, axes), shape: [x.shape.at(-1)!], channelsFirst: false, mask: null };
  },
});

export const globalMaxPooling1d = folding(largest, asSteps);
export const globalMaxPooling2d = folding(largest, asImage);
export const globalAveragePooling1d = folding(meanOfSteps, asSteps);
export const globalAveragePooling2d = folding(mean, asImage);
