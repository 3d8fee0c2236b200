/** Two-dimensional convolution of each channel with a kernel of its own. */
import { depthwise } from "../graph/depthwise.ts";
import { activate, channelsBeforeSides, kernelAndBias, type LayerKind } from "./layer.ts";
import { asImage, padding, slide } from "./window.ts";

export const depthwiseConv2d: LayerKind<"depthwiseConv2d"> = {
  alone: true,
  shape(layer, before) {
    const [height, width, channels] = asImage(before);
    return [...slide([height, width], layer.kernelSize, layer.strides, layer.padding, layer.dilation), channels];
  },
  weights(layer, before) {
    const channels = asImage(before)[2];
    const [kh, kw] = layer.kernelSize;
    // Keras computes fan-in and fan-out from a kernel [kh, kw, channels, 1], which as a matrix is one column.
    const fans = { in: channels * kh * kw, out: kh * kw };
    const [kernel, ...bias] = kernelAndBias(layer, [channels, 1, kh, kw], [channels], fans);
    return [{ ...kernel, columns: 1 }, ...bias];
  },
  build(context, layer, x, { kernel, bias }) {
    const [height, width, channels] = x.shape;
    const pads = padding([height, width], layer.kernelSize, layer.strides, layer.padding, layer.dilation);
    const geometry = { strides: layer.strides, pads, dilations: layer.dilation };
    const tensor = depthwise(context.g, channelsBeforeSides(context, x), kernel, bias ?? null, geometry);
    const shape = [tensor.shape[2], tensor.shape[3], channels];
    return activate(context, layer.activation, { tensor, shape, channelsFirst: true, mask: null });
  },
};
