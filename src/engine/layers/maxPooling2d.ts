/** The largest value of each window of an image. */
import { relu } from "../graph/build.ts";
import { maxPool } from "../graph/pooling.ts";
import { channelsBeforeSides, type LayerKind } from "./layer.ts";
import { asImage, padding, slide } from "./window.ts";

export const maxPooling2d: LayerKind<"maxPooling2d"> = {
  alone: true,
  shape(layer, before) {
    const [height, width, channels] = asImage(before);
    return [...slide([height, width], layer.poolSize, layer.strides, layer.padding, [1, 1]), channels];
  },
  build(context, layer, x) {
    const [height, width, channels] = x.shape;
    const pads = padding([height, width], layer.poolSize, layer.strides, layer.padding, [1, 1]);
    // The largest of what Relu leaves is what Relu leaves of the largest: there is less of it.
    const { node } = x.tensor;
    const after = node?.op === "Relu";
    const from = after ? { ...x, tensor: node.inputs[0]! } : x;
    const pooled = maxPool(context.g, channelsBeforeSides(context, from), layer.poolSize, layer.strides, pads);
    const tensor = after ? relu(context.g, pooled) : pooled;
    return { tensor, shape: [tensor.shape[2], tensor.shape[3], channels], channelsFirst: true, mask: null };
  },
};
