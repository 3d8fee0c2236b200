/** Two-dimensional convolution (cross-correlation, as everywhere in the field). */
import * as b from "../graph/build.ts";
import { conv } from "../graph/convolution.ts";
import { activate, channelsBeforeSides, channelsLast, kernelAndBias, type LayerKind } from "./layer.ts";
import { asImage, convolved, padding, slide } from "./window.ts";

export const conv2d: LayerKind<"conv2d"> = {
  alone: true,
  shape(layer, before) {
    const [height, width] = asImage(before);
    return [...slide([height, width], layer.kernelSize, layer.strides, layer.padding, layer.dilation), layer.filters];
  },
  weights(layer, before) {
    const channels = asImage(before)[2];
    const [kh, kw] = layer.kernelSize;
    const fans = { in: channels * kh * kw, out: layer.filters * kh * kw };
    return kernelAndBias(layer, [layer.filters, channels, kh, kw], [layer.filters], fans);
  },
  build(context, layer, x, { kernel, bias }) {
    const [height, width] = x.shape;
    const pads = padding([height, width], layer.kernelSize, layer.strides, layer.padding, layer.dilation);
    const geometry = { strides: layer.strides, pads, dilations: layer.dilation };
    if (context.training) return convolved(context, layer, channelsLast(context, x), kernel, bias, geometry);
    const flatBias = bias ? b.reshape(context.g, bias, [layer.filters]) : null;
    const tensor = conv(context.g, channelsBeforeSides(context, x), kernel, flatBias, geometry);
    const shape = [tensor.shape[2], tensor.shape[3], layer.filters];
    return activate(context, layer.activation, { tensor, shape, channelsFirst: true, mask: null });
  },
};
