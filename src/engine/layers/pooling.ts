/** Layers that give one number for each window that slides over a row: the largest, or the mean. */
import { averagePool } from "../graph/average.ts";
import * as b from "../graph/build.ts";
import type { Tensor } from "../graph/graph.ts";
import { maxPool } from "../graph/pooling.ts";
import { type Context, channelsBeforeSides, type LayerKind, type Signal } from "./layer.ts";
import { asImage, asSteps, flatImage, padding, slide } from "./window.ts";

type Slide = (image: (x: Signal) => Tensor, window: number[], strides: number[], pads: number[]) => Tensor;
type Pool = (context: Context, x: Signal) => Slide;
type Along = { poolSize: number; strides: number; padding: string };
type Across = { poolSize: number[]; strides: number[]; padding: string };

const largest: Pool = ({ g }, x) => {
  // The largest of what Relu leaves is what Relu leaves of the largest: there is less of it.
  const { node } = x.tensor;
  if (node?.op !== "Relu") return (image, ...window) => maxPool(g, image(x), ...window);
  return (image, ...window) => b.relu(g, maxPool(g, image({ ...x, tensor: node.inputs[0]! }), ...window));
};
const mean: Pool =
  ({ g }, x) =>
  (image, ...window) =>
    averagePool(g, image(x), ...window);

const along = (pool: Pool) => ({
  alone: true as const,
  shape(layer: Along, before: readonly number[]) {
    const [steps, channels] = asSteps(before);
    return [...slide([steps], [layer.poolSize], [layer.strides], layer.padding, [1]), channels];
  },
  build(context: Context, layer: Along, x: Signal): Signal {
    const [window, strides] = [layer.poolSize, layer.strides].map((n) => [1, n]);
    const pads = padding([1, x.shape[0]], window, strides, layer.padding, [1, 1]);
    const pooled = pool(context, x)((signal) => flatImage(context, signal), window, strides, pads);
    const [rows, channels, , steps] = pooled.shape;
    const tensor = b.reshape(context.g, pooled, [rows, channels, steps]);
    return { tensor, shape: [steps, channels], channelsFirst: true, mask: null };
  },
});

const across = (pool: Pool) => ({
  alone: true as const,
  shape(layer: Across, before: readonly number[]) {
    const [height, width, channels] = asImage(before);
    return [...slide([height, width], layer.poolSize, layer.strides, layer.padding, [1, 1]), channels];
  },
  build(context: Context, layer: Across, x: Signal): Signal {
    const [height, width, channels] = x.shape;
    const { poolSize, strides } = layer;
    const pads = padding([height, width], poolSize, strides, layer.padding, [1, 1]);
    const tensor = pool(context, x)((signal) => channelsBeforeSides(context, signal), poolSize, strides, pads);
    return { tensor, shape: [tensor.shape[2], tensor.shape[3], channels], channelsFirst: true, mask: null };
  },
});

export const maxPooling1d: LayerKind<"maxPooling1d"> = along(largest);
export const maxPooling2d: LayerKind<"maxPooling2d"> = across(largest);
export const averagePooling1d: LayerKind<"averagePooling1d"> = along(mean);
export const averagePooling2d: LayerKind<"averagePooling2d"> = across(mean);
