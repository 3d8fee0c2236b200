/** The largest value of each window of an image. */
import { maxPool } from "../graph/convolution.ts";
import { channelsBeforeSides, type LayerKind } from "./layer.ts";
import { asImage, padding, slide } from "./window.ts";

export const maxPooling2d: LayerKind<"maxPooling2d"> = {
  shape(layer, before) {
    const [height, width, channels] = asImage(before);
    return [...slide([height, width], layer.poolSize, layer.strides, layer.padding, [1, 1]), channels];
  },
  build(context, layer, x) {
    const [height, width, channels] = x.shape;
    const pads = padding([height, width], layer.poolSize, layer.strides, layer.padding, [1, 1]);
    const tensor = maxPool(context.g, channelsBeforeSides(context, x), layer.poolSize, layer.strides, pads);
    return { tensor, shape: [tensor.shape[2], tensor.shape[3], channels], channelsFirst: true };
  },
};
