/** Convolution and max pooling over images [batch, channels, height, width]. */
import * as b from "./build.ts";
import type { Graph, Node, Tensor } from "./graph.ts";
import { each, list, type Operation, offset, strides, type Value } from "./operation.ts";

const geometry = (node: Node) => ({
  strides: list(node, "strides", [1, 1]),
  pads: list(node, "pads", [0, 0, 0, 0]),
  dilations: list(node, "dilations", [1, 1]),
});

export type Geometry = { strides: number[]; pads: number[]; dilations: number[] };

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

/** The largest value of each window, and where it stood in the flattened input. */
export function maxPool(g: Graph, x: Tensor, kernel: number[], strides: number[], pads: number[]): Tensor {
  const [n, c, ...sides] = x.shape;
  const shape = [
    n,
    c,
    ...sides.map((side, i) => Math.floor((side + pads[i] + pads[i + 2] - kernel[i]) / strides[i]) + 1),
  ];
  return g.addMany("MaxPool", [x], [{ shape }, { shape, dtype: "int64" }], { kernel_shape: kernel, strides, pads })[0];
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
  // The adjoint of Conv with the same weights: every pair, the other way round.
  ConvTranspose: {
    evaluate([dy, w], node) {
      const shape = node.outputs[0].shape;
      const data = new Float64Array(shape.reduce((p, n) => p * n, 1));
      pairs({ shape, data }, w, dy.shape, geometry(node), (o, i, k) => {
        data[i] += Number(dy.data[o]) * Number(w.data[k]);
      });
      return [{ shape, data }];
    },
  },
  MaxPool: {
    evaluate([x], node) {
      const shape = node.outputs[0].shape;
      const [kh, kw] = list(node, "kernel_shape", []);
      const { strides, pads } = geometry(node);
      const [n, c, height, width] = x.shape;
      const best = new Float64Array(shape.reduce((p, m) => p * m, 1));
      const where = new BigInt64Array(best.length).fill(-1n);
      let o = 0;
      for (let plane = 0; plane < n * c; plane++)
        for (let i = 0; i < shape[2]; i++)
          for (let j = 0; j < shape[3]; j++, o++)
            for (let p = 0; p < kh; p++)
              for (let q = 0; q < kw; q++) {
                const [row, column] = [i * strides[0] - pads[0] + p, j * strides[1] - pads[1] + q];
                if (row < 0 || column < 0 || row >= height || column >= width) continue;
                const at = (plane * height + row) * width + column;
                // As in the runtime, a comparison with the first: NaN wins there alone, so pooling can hide it.
                if (where[o] < 0n || Number(x.data[at]) > best[o]) {
                  best[o] = Number(x.data[at]);
                  where[o] = BigInt(at);
                }
              }
      return [
        { shape, data: best },
        { shape, data: where },
      ];
    },
    gradient(g, node, dy) {
      const x = node.inputs[0]!;
      const indices = node.outputs[1];
      const kernel = list(node, "kernel_shape", []);
      const { strides, pads } = geometry(node);
      const apart = kernel.every((k, i) => strides[i] >= k);
      if (apart) {
        const attributes = { kernel_shape: kernel, strides, pads };
        return [g.add("MaxUnpool", [dy, indices, g.ints(x.shape)], { shape: x.shape }, attributes)];
      }
      // Windows overlap: an element may be the largest of several, and their gradients add up.
      const n = x.shape.reduce((p, m) => p * m, 1);
      const m = dy.shape.reduce((p, k) => p * k, 1);
      const zeros = g.add("Expand", [g.scalar(0), g.ints([n])], { shape: [n] });
      const flat = g.add(
        "ScatterElements",
        [zeros, b.reshape(g, indices, [m]), b.reshape(g, dy, [m])],
        { shape: [n] },
        { axis: 0, reduction: "add" },
      );
      return [b.reshape(g, flat, x.shape)];
    },
  },
  MaxUnpool: { evaluate: ([dy, indices], node) => [scatter(dy, indices, node.outputs[0].shape)] },
  ScatterElements: { evaluate: ([, indices, dy], node) => [scatter(dy, indices, node.outputs[0].shape)] },
  Slice: {
    evaluate([x, starts, , axes, steps], node) {
      const shape = node.outputs[0].shape;
      const first = x.shape.map(() => 0);
      const step = x.shape.map(() => 1);
      axes.data.forEach((axis: number | bigint, i: number) => {
        first[Number(axis)] = Number(starts.data[i]);
        step[Number(axis)] = Number(steps.data[i]);
      });
      const data = new Float64Array(shape.reduce((p, n) => p * n, 1));
      const from = strides(x.shape, x.shape.length);
      each(shape, (flat, position) => {
        data[flat] = Number(
          x.data[
            offset(
              position.map((p, i) => first[i] + p * step[i]),
              from,
            )
          ],
        );
      });
      return [{ shape, data }];
    },
  },
  Pad: {
    evaluate([x, pads], node) {
      const shape = node.outputs[0].shape;
      const data = new Float64Array(shape.reduce((p, n) => p * n, 1));
      const to = strides(shape, shape.length);
      each(x.shape, (flat, position) => {
        data[
          offset(
            position.map((p, i) => p + Number(pads.data[i])),
            to,
          )
        ] = Number(x.data[flat]);
      });
      return [{ shape, data }];
    },
  },
};

function scatter(values: Value, indices: Value, shape: readonly number[]): Value {
  const data = new Float64Array(shape.reduce((p, n) => p * n, 1));
  values.data.forEach((v: number | bigint, i: number) => {
    data[Number(indices.data[i])] += Number(v);
  });
  return { shape, data };
}

function inputGradient(g: Graph, node: Node, x: Tensor, w: Tensor, dy: Tensor): Tensor {
  const { strides, pads, dilations } = geometry(node);
  const kernel = w.shape.slice(2);
  const rest = [0, 1].map(
    (i) =>
      x.shape[2 + i] -
      ((dy.shape[2 + i] - 1) * strides[i] + dilations[i] * (kernel[i] - 1) + 1 - pads[i] - pads[i + 2]),
  );
  return g.add(
    "ConvTranspose",
    [dy, w],
    { shape: x.shape },
    { strides, pads, dilations, kernel_shape: kernel, output_padding: rest },
  );
}

// Below this many positions, gathering by pixel makes the larger matrix product (measured: 3 × 3 positions 3.1 for 7.5 ms, 11 × 11 14.2 for 8.6).
const FEW_POSITIONS = 32;

/** By matrix product with the images' windows laid out side by side (im2col): for each weight, what it was multiplied with. */
function weightGradient(g: Graph, node: Node, x: Tensor, w: Tensor, dy: Tensor): Tensor {
  const { strides: stride, pads, dilations } = geometry(node);
  const [n, channels] = x.shape;
  const [filters, , kh, kw] = w.shape;
  const [rows, columns] = dy.shape.slice(2);
  const around = pads.some((p) => p > 0) ? [0, 0, pads[0], pads[1], 0, 0, pads[2], pads[3]] : null;
  const shape = [n, channels, x.shape[2] + pads[0] + pads[2], x.shape[3] + pads[1] + pads[3]];
  const padded = around ? g.add("Pad", [x, g.ints(around)], { shape }) : x;
  const few = rows * columns <= FEW_POSITIONS;
  const source = few ? b.transpose(g, padded, [0, 2, 3, 1]) : padded;
  const axes = few ? [1, 2] : [2, 3];
  const views: Tensor[] = [];
  for (let p = 0; p < kh; p++)
    for (let q = 0; q < kw; q++) {
      const start = [p * dilations[0], q * dilations[1]];
      const end = [start[0] + (rows - 1) * stride[0] + 1, start[1] + (columns - 1) * stride[1] + 1];
      const inputs = [source, ...[start, end, axes, stride].map((list) => g.ints(list))];
      const view = g.add("Slice", inputs, { shape: few ? [n, rows, columns, channels] : [n, channels, rows, columns] });
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
