/** Convolution of each channel with a kernel of its own: `Conv` with as many groups as channels. */
import * as b from "./build.ts";
import { convolution } from "./convolution.ts";
import type { Graph, Node, Tensor } from "./graph.ts";
import { each, type Geometry, geometry, type Operation } from "./operation.ts";
import { slid } from "./slide.ts";

/** Cross-correlation of x [n, c, h, w] with weights [c, 1, kh, kw] and an optional bias [c], channel by channel. */
export function depthwise(g: Graph, x: Tensor, weights: Tensor, bias: Tensor | null, at: Geometry): Tensor {
  const [n, channels, ...sides] = x.shape;
  const kernel = weights.shape.slice(2);
  return g.add(
    "Conv",
    bias ? [x, weights, bias] : [x, weights],
    { shape: [n, channels, ...slid(sides, kernel, at)] },
    { ...at, kernel_shape: kernel, group: channels },
  );
}

const ofEach: Operation = {
  evaluate([x, w, bias], node) {
    const { shape } = node.outputs[0];
    const { strides, pads, dilations } = geometry(node);
    const [, channels, height, width] = x.shape;
    const [kh, kw] = w.shape.slice(2);
    const data = new Float64Array(shape.reduce((p, n) => p * n, 1));
    each(shape, (flat, [image, channel, i, j]) => {
      let total = bias ? Number(bias.data[channel]) : 0;
      for (let p = 0; p < kh; p++)
        for (let q = 0; q < kw; q++) {
          const row = i * strides[0] - pads[0] + p * dilations[0];
          const column = j * strides[1] - pads[1] + q * dilations[1];
          if (row < 0 || column < 0 || row >= height || column >= width) continue;
          const pixel = Number(x.data[((image * channels + channel) * height + row) * width + column]);
          total += pixel * Number(w.data[(channel * kh + p) * kw + q]);
        }
      data[flat] = total;
    });
    return [{ shape, data }];
  },
  gradient(g, node, dy) {
    const [x, w, bias] = node.inputs as Tensor[];
    return [
      inputGradient(g, node, x, w, dy),
      weightGradient(g, node, x, w, dy),
      ...(bias ? [b.sum(g, dy, [0, 2, 3])] : []),
    ];
  },
};

const kindOf = (node: Node) => ("group" in node.attributes ? ofEach : convolution["Conv"]);
export const grouped: Record<string, Operation> = {
  Conv: {
    evaluate: (inputs, node, interpret) => kindOf(node).evaluate(inputs, node, interpret),
    gradient: (g, node, dy) => kindOf(node).gradient!(g, node, dy),
  },
};

/** The gradient of each window's elements, and Col2Im for the sums over the windows that share an element. */
function inputGradient(g: Graph, node: Node, x: Tensor, w: Tensor, dy: Tensor): Tensor {
  const [n, channels, ...sides] = x.shape;
  const [, , kh, kw] = w.shape;
  const places = dy.shape[2] * dy.shape[3];
  const errors = b.reshape(g, dy, [n, channels, 1, places]);
  const owed = b.mul(g, b.reshape(g, w, [channels, kh * kw, 1]), errors);
  const columns = b.reshape(g, owed, [n, channels * kh * kw, places]);
  return g.add("Col2Im", [columns, g.ints(sides), g.ints([kh, kw])], { shape: x.shape }, geometry(node));
}

/** For each weight, the sum of the inputs that it was multiplied with, times the gradient of the output there. */
function weightGradient(g: Graph, node: Node, x: Tensor, w: Tensor, dy: Tensor): Tensor {
  const { strides, pads, dilations } = geometry(node);
  const [channels, , kh, kw] = w.shape;
  const [rows, columns] = dy.shape.slice(2);
  const padded = b.pad(g, x, [0, 0, pads[0], pads[1]], [0, 0, pads[2], pads[3]]);
  const sums: Tensor[] = [];
  for (let p = 0; p < kh; p++)
    for (let q = 0; q < kw; q++) {
      const cut = b.slice(g, padded, 2, p * dilations[0], rows, strides[0]);
      const view = b.slice(g, cut, 3, q * dilations[1], columns, strides[1]);
      sums.push(b.reshape(g, b.sum(g, b.mul(g, view, dy), [0, 2, 3]), [channels, 1]));
    }
  return b.reshape(g, sums.length > 1 ? b.concat(g, sums, 1) : sums[0], w.shape);
}
