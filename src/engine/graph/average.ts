/** Average pooling over images [batch, channels, height, width]; what lies outside the image does not count. */
import * as b from "./build.ts";
import { type Graph, type Node, size, type Tensor } from "./graph.ts";
import { each, geometry, list, type Operation } from "./operation.ts";
import { slid } from "./slide.ts";

/** The mean of each window. */
export function averagePool(g: Graph, x: Tensor, kernel: number[], strides: number[], pads: number[]): Tensor {
  const [n, c, ...sides] = x.shape;
  const shape = [n, c, ...slid(sides, kernel, { strides, pads, dilations: [1, 1] })];
  return g.add("AveragePool", [x], { shape }, { kernel_shape: kernel, strides, pads, count_include_pad: 0 });
}

/** The elements that a window has along an axis: the first, and how many. */
function within(node: Node, axis: number, at: number): [number, number] {
  const side = node.inputs[0]!.shape[axis + 2];
  const { strides, pads } = geometry(node);
  const from = at * strides[axis] - pads[axis];
  const to = Math.min(side, from + list(node, "kernel_shape", [])[axis]);
  return [Math.max(0, from), to - Math.max(0, from)];
}

export const averaging: Record<string, Operation> = {
  AveragePool: {
    evaluate([x], node) {
      const { shape } = node.outputs[0];
      const [, channels, height, width] = x.shape;
      const data = new Float64Array(size(shape));
      each(shape, (flat, [image, channel, i, j]) => {
        const [top, rows] = within(node, 0, i);
        const [left, columns] = within(node, 1, j);
        let total = 0;
        for (let p = top; p < top + rows; p++)
          for (let q = left; q < left + columns; q++)
            total += Number(x.data[((image * channels + channel) * height + p) * width + q]);
        data[flat] = total / (rows * columns);
      });
      return [{ shape, data }];
    },
    gradient(g, node, dy) {
      const x = node.inputs[0]!;
      const shares = b.mul(g, dy, g.constant(Float32Array.from(sharesOf(node)), [1, 1, ...dy.shape.slice(2)]));
      return [distributed(g, node, x, shares)];
    },
  },
};

/** 1 / number of elements, for each window. */
function sharesOf(node: Node): number[] {
  const [, , rows, columns] = node.outputs[0].shape;
  const across = Array.from({ length: columns }, (_, j) => within(node, 1, j)[1]);
  return Array.from({ length: rows }, (_, i) => across.map((n) => 1 / (n * within(node, 0, i)[1]))).flat();
}

/** Adds the share of each window to every one of its elements. */
function distributed(g: Graph, node: Node, x: Tensor, shares: Tensor): Tensor {
  const [n, c, h, w] = shares.shape;
  const [kh, kw] = list(node, "kernel_shape", []);
  const { strides, pads } = geometry(node);
  const expand = (from: number[], to: number[]) =>
    g.add("Expand", [b.reshape(g, shares, from), g.ints(to)], { shape: to });
  if (strides[0] === kh && strides[1] === kw && pads.every((p) => p === 0)) {
    const tiles = b.reshape(g, expand([n, c, h, 1, w, 1], [n, c, h, kh, w, kw]), [n, c, h * kh, w * kw]);
    return b.pad(g, tiles, [0, 0, 0, 0], [0, 0, x.shape[2] - h * kh, x.shape[3] - w * kw]);
  }
  const owed = b.reshape(g, expand([n, c, 1, h * w], [n, c, kh * kw, h * w]), [n, c * kh * kw, h * w]);
  return g.add("Col2Im", [owed, g.ints(x.shape.slice(2)), g.ints([kh, kw])], { shape: x.shape }, geometry(node));
}
