/** Convolution over images [batch, channels, height, width]. */
import * as b from "./build.ts";
import type { Graph, Node, Tensor } from "./graph.ts";
import { type Geometry, geometry, type Operation, type Value } from "./operation.ts";

/** Cross-correlation of x [n, c, h, w] with weights [filters, c, kh, kw] and an optional bias [filters]. */
export function conv(
  g: Graph,
  x: Tensor,
  weights: Tensor,
  bias: Tensor | null,
  { strides, pads, dilations }: Geometry,
): Tensor {
  const [n, , h, w] = x.shape;
  const [filters, , kh, kw] = weights.shape;
  const length = (side: number, k: number, axis: number) =>
    Math.floor((side + pads[axis] + pads[axis + 2] - dilations[axis] * (k - 1) - 1) / strides[axis]) + 1;
  const shape = [n, filters, length(h, kh, 0), length(w, kw, 1)];
  return g.add(
    "Conv",
    bias ? [x, weights, bias] : [x, weights],
    { shape },
    { strides, pads, dilations, kernel_shape: [kh, kw] },
  );
}

/** Visits every pair (output element, input element, weight element) that a convolution multiplies. */
function pairs(
  x: Value,
  w: Value,
  out: readonly number[],
  at: Geometry,
  visit: (out: number, x: number, w: number) => void,
): void {
  const [, channels, height, width] = x.shape;
  const [filters, , kh, kw] = w.shape;
  const [n, , oh, ow] = out;
  for (let image = 0; image < n; image++)
    for (let f = 0; f < filters; f++)
      for (let i = 0; i < oh; i++)
        for (let j = 0; j < ow; j++)
          for (let c = 0; c < channels; c++)
            for (let p = 0; p < kh; p++)
              for (let q = 0; q < kw; q++) {
                const row = i * at.strides[0] - at.pads[0] + p * at.dilations[0];
                const column = j * at.strides[1] - at.pads[1] + q * at.dilations[1];
                if (row < 0 || column < 0 || row >= height || column >= width) continue;
                visit(
                  ((image * filters + f) * oh + i) * ow + j,
                  ((image * channels + c) * height + row) * width + column,
                  ((f * channels + c) * kh + p) * kw + q,
                );
              }
}

export const convolution: Record<string, Operation> = {
  Conv: {
    evaluate([x, w, bias], node) {
      const shape = node.outputs[0].shape;
      const data = new Float64Array(shape.reduce((p, n) => p * n, 1));
      const plane = shape[2] * shape[3];
      if (bias) for (let i = 0; i < data.length; i++) data[i] = Number(bias.data[Math.floor(i / plane) % shape[1]]);
      pairs(x, w, shape, geometry(node), (o, i, k) => {
        data[o] += Number(x.data[i]) * Number(w.data[k]);
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
  },
  // The adjoint of laying windows side by side: each element gets the sum of what became of it.
  Col2Im: {
    evaluate([columns, , block], node) {
      const shape = node.outputs[0].shape;
      const [n, channels, height, width] = shape;
      const [kh, kw] = Array.from(block.data, Number);
      const { strides, pads, dilations } = geometry(node);
      const reach = dilations[1] * (kw - 1) + 1;
      const across = Math.floor((width + pads[1] + pads[3] - reach) / strides[1]) + 1;
      const places = columns.shape[2];
      const data = new Float64Array(shape.reduce((p, m) => p * m, 1));
      columns.data.forEach((value: number | bigint, flat: number) => {
        const place = flat % places;
        const within = Math.floor(flat / places) % (kh * kw);
        const plane = Math.floor(flat / (places * kh * kw));
        const row = Math.floor(place / across) * strides[0] - pads[0] + Math.floor(within / kw) * dilations[0];
        const column = (place % across) * strides[1] - pads[1] + (within % kw) * dilations[1];
        if (plane >= n * channels || row < 0 || column < 0 || row >= height || column >= width) return;
        data[(plane * height + row) * width + column] += Number(value);
      });
      return [{ shape, data }];
    },
  },
};

/** What each window owes its elements is a matrix product; the sums over the windows that share them are Col2Im. */
function inputGradient(g: Graph, node: Node, x: Tensor, w: Tensor, dy: Tensor): Tensor {
  const [n, channels, ...sides] = x.shape;
  const [filters, , ...kernel] = w.shape;
  const window = channels * kernel[0] * kernel[1];
  const places = dy.shape[2] * dy.shape[3];
  // Transposed before it is a matrix: the runtime would move the transposition into the product, where it is done anew for each image.
  const weights = b.reshape(g, b.transpose(g, w, [1, 2, 3, 0]), [window, filters]);
  const errors = b.reshape(g, dy, [n, filters, places]);
  const owed = g.add("MatMul", [weights, errors], { shape: [n, window, places] });
  return g.add("Col2Im", [owed, g.ints(sides), g.ints(kernel)], { shape: x.shape }, geometry(node));
}

// Below this many positions, gathering by pixel makes the larger matrix product (measured: 3 × 3 positions 3.1 for 7.5 ms, 11 × 11 14.2 for 8.6).
const FEW_POSITIONS = 32;

/** By matrix product with the images' windows laid out side by side (im2col): for each weight, what it was multiplied with. */
function weightGradient(g: Graph, node: Node, x: Tensor, w: Tensor, dy: Tensor): Tensor {
  const { strides, pads, dilations } = geometry(node);
  const [n, channels] = x.shape;
  const [filters, , kh, kw] = w.shape;
  const [rows, columns] = dy.shape.slice(2);
  const padded = b.pad(g, x, [0, 0, pads[0], pads[1]], [0, 0, pads[2], pads[3]]);
  const few = rows * columns <= FEW_POSITIONS;
  const source = few ? b.transpose(g, padded, [0, 2, 3, 1]) : padded;
  const [down, across] = few ? [1, 2] : [2, 3];
  const views: Tensor[] = [];
  // Columns first: what is then left of a row lies in one piece.
  const cut = Array.from({ length: kw }, (_, q) => b.slice(g, source, across, q * dilations[1], columns, strides[1]));
  for (let p = 0; p < kh; p++)
    for (const part of cut) {
      const view = b.slice(g, part, down, p * dilations[0], rows, strides[0]);
      views.push(few ? view : b.reshape(g, view, [n, channels, rows * columns]));
    }
  // [filters, kh · kw · channels] becomes [filters, channels, kh, kw].
  const inOrder = (product: Tensor) => b.transpose(g, b.reshape(g, product, [filters, kh, kw, channels]), [0, 3, 1, 2]);
  if (few) {
    const windows = b.reshape(g, b.concat(g, views, 3), [n * rows * columns, kh * kw * channels]);
    const errors = b.reshape(g, b.transpose(g, dy, [0, 2, 3, 1]), [n * rows * columns, filters]);
    return inOrder(b.matmul(g, errors, windows, { transA: true }));
  }
  const errors = b.reshape(g, dy, [n, filters, rows * columns]);
  return inOrder(b.sum(g, b.matmul(g, errors, b.concat(g, views, 1), { transB: true }), [0]));
}
