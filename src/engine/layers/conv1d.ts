/** One-dimensional convolution: that of an image one pixel high. */
import * as b from "../graph/build.ts";
import { conv } from "../graph/convolution.ts";
import { activate, channelsLast, kernelAndBias, type LayerKind } from "./layer.ts";
import { asSteps, convolved, flatImage, padding, slide } from "./window.ts";

export const conv1d: LayerKind<"conv1d"> = {
  alone: true,
  shape(layer, before) {
    const [steps] = asSteps(before);
    return [...slide([steps], [layer.kernelSize], [layer.strides], layer.padding, [layer.dilation]), layer.filters];
  },
  weights(layer, before) {
    const [, channels] = asSteps(before);
    const fans = { in: channels * layer.kernelSize, out: layer.filters * layer.kernelSize };
    return kernelAndBias(layer, [layer.filters, channels, layer.kernelSize], [layer.filters], fans);
  },
  build(context, layer, x, { kernel, bias }) {
    const { g, rows } = context;
    const [strides, window, dilations] = [layer.strides, layer.kernelSize, layer.dilation].map((n) => [1, n]);
    const pads = padding([1, x.shape[0]], window, strides, layer.padding, dilations);
    const weights = b.reshape(g, kernel, [layer.filters, x.shape[1], 1, layer.kernelSize]);
    const at = { strides, pads, dilations };
    if (context.training) return convolved(context, layer, channelsLast(context, x), weights, bias, at);
    const image = conv(g, flatImage(context, x), weights, bias ?? null, at);
    const steps = image.shape[3];
    const tensor = b.reshape(g, image, [rows, layer.filters, steps]);
    return activate(context, layer.activation, {
      tensor,
      shape: [steps, layer.filters],
      channelsFirst: true,
      mask: null,
    });
  },
};
