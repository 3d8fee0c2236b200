/** Layers that reduce each window sliding over a row to one number: the maximum or the mean. */
import { averagePool } from "../graph/average.ts";
import * as b from "../graph/build.ts";
import type { Tensor } from "../graph/graph.ts";
import { maxPool, maxPoolApart } from "../graph/pooling.ts";
import { type Context, channelsBeforeSides, channelsLast, type LayerKind, type Signal } from "./layer.ts";
import { asImage, asSteps, flatImage, padding, pooledAtOnce, slide } from "./window.ts";

type Slide = (image: (x: Signal) => Tensor, window: number[], strides: number[], pads: number[]) => Tensor;
type Pool = (context: Context, x: Signal) => Slide;
type Along = { poolSize: number; strides: number; padding: string };
type Across = { poolSize: number[]; strides: number[]; padding: string };

const largest: Pool = ({ g }, x) => {
  // The maximum of ReLU is the ReLU of the maximum, which has fewer numbers to compute.
  const { node } = x.tensor;
  if (node?.op !== "Relu") return (image, ...window) => maxPool(g, image(x), ...window);
  return (image, ...window) => b.relu(g, maxPool(g, image({ ...x, tensor: node.inputs[0]! }), ...window));
};
const mean: Pool =
  ({ g }, x) =>
  (image, ...window) =>
    averagePool(g, image(x), ...window);

/** The maxima of windows, channels last; null where windows overlap or reach beyond the row, and where nothing is trained. */
function largestApart(context: Context, x: Signal, window: number[], strides: number[], pads: number[]): Signal | null {
  const { g, rows, training } = context;
  if (!training || `${window}` !== `${strides}` || pads.some((n) => n > 0)) return null;
  const most = (before: Signal): Signal => {
    const atOnce = pooledAtOnce(before.tensor, window);
    if (atOnce) return atOnce;
    const { node } = before.tensor;
    if (node?.op === "Relu") {
      const under = most({ ...before, tensor: node.inputs[0]! });
      return { ...under, tensor: b.relu(g, under.tensor) };
    }
    const images = b.reshape(g, channelsLast(context, before), [rows, ...[1, ...x.shape].slice(-3)]);
    const largest = maxPoolApart(g, images, window);
    const shape = largest.shape.slice(-x.shape.length);
    return { tensor: b.reshape(g, largest, [rows, ...shape]), shape, channelsFirst: false, mask: null };
  };
  return most(x);
}

const along = (pool: Pool) => ({
  alone: true as const,
  shape(layer: Along, before: readonly number[]) {
    const [steps, channels] = asSteps(before);
    return [...slide([steps], [layer.poolSize], [layer.strides], layer.padding, [1]), channels];
  },
  build(context: Context, layer: Along, x: Signal): Signal {
    const [window, strides] = [layer.poolSize, layer.strides].map((n) => [1, n]);
    const pads = padding([1, x.shape[0]], window, strides, layer.padding, [1, 1]);
    const apart = pool === largest && largestApart(context, x, window, strides, pads);
    if (apart) return apart;
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
    const apart = pool === largest && largestApart(context, x, poolSize, strides, pads);
    if (apart) return apart;
    const tensor = pool(context, x)((signal) => channelsBeforeSides(context, signal), poolSize, strides, pads);
    return { tensor, shape: [tensor.shape[2], tensor.shape[3], channels], channelsFirst: true, mask: null };
  },
});

export const maxPooling1d: LayerKind<"maxPooling1d"> = along(largest);
export const maxPooling2d: LayerKind<"maxPooling2d"> = across(largest);
export const averagePooling1d: LayerKind<"averagePooling1d"> = along(mean);
export const averagePooling2d: LayerKind<"averagePooling2d"> = across(mean);
