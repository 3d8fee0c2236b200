/** Max pooling: over images [batch, channels, height, width], and over tensors that each hold one position of all windows. */
import * as b from "./build.ts";
import type { Graph, Tensor } from "./graph.ts";
import { geometry, list, type Operation, type Value } from "./operation.ts";

/** The largest value of each window, and its index in the flattened input. */
export function maxPool(g: Graph, x: Tensor, kernel: number[], strides: number[], pads: number[]): Tensor {
  const [n, c, ...sides] = x.shape;
  const shape = [
    n,
    c,
    ...sides.map((side, i) => Math.floor((side + pads[i] + pads[i + 2] - kernel[i]) / strides[i]) + 1),
  ];
  return g.addMany("MaxPool", [x], [{ shape }, { shape, dtype: "int64" }], { kernel_shape: kernel, strides, pads })[0];
}

/** The element-wise maximum of tensors arranged in lines, and what its gradient needs again. */
export type Pool = { lines: Tensor[][]; tops: Tensor[]; most: Tensor };

/** @param places the tensors of a window [rows, columns], line by line */
export function pooled(g: Graph, places: readonly Tensor[], [rows, columns]: readonly number[]): Pool {
  const lines = Array.from({ length: rows }, (_, i) => places.slice(i * columns, (i + 1) * columns));
  const tops = lines.map((line) => soFar(g, line).at(-1)!);
  return { lines, tops, most: soFar(g, tops).at(-1)! };
}

/** The gradient of every position, given that of the maximum: it goes to the first position that holds the maximum. */
export function winners(g: Graph, { lines, tops }: Pool, dy: Tensor): Tensor[] {
  const ofTops = toLargest(g, tops, dy);
  return lines.flatMap((line, i) => toLargest(g, line, ofTops[i]));
}

/** The running maxima: of the first, of the first two, and so on; of equal ones the first. */
function soFar(g: Graph, list: readonly Tensor[]): Tensor[] {
  const found = [list[0]];
  for (const next of list.slice(1)) found.push(b.max(g, next, found.at(-1)!));
  return found;
}

function toLargest(g: Graph, list: readonly Tensor[], dy: Tensor): Tensor[] {
  const found = soFar(g, list);
  const gradients: Tensor[] = [];
  let left = dy;
  for (let i = list.length - 1; i > 0; i--) {
    const own = b.mul(g, left, b.cast(g, b.greater(g, found[i], found[i - 1]), "float32"));
    gradients.unshift(own);
    left = b.sub(g, left, own);
  }
  return [left, ...gradients];
}

/** The maximum of each window [height, width], without overlap, in images [n, h, w, c]. */
export function maxPoolApart(g: Graph, x: Tensor, window: readonly number[]): Tensor {
  const [n, h, w, c] = x.shape;
  const [rows, columns] = [Math.floor(h / window[0]), Math.floor(w / window[1])];
  const whole = b.slice(g, b.slice(g, x, 1, 0, rows * window[0]), 2, 0, columns * window[1]);
  const inWindows = b.reshape(g, whole, [n, rows, window[0], columns, window[1], c]);
  const places = window[0] * window[1];
  const apart = b.reshape(g, b.transpose(g, inWindows, [2, 4, 0, 1, 3, 5]), [places, n * rows * columns * c]);
  const pool = pooled(g, b.split(g, apart, new Array<number>(places).fill(1), 0), window);
  return g.composed(b.reshape(g, pool.most, [n, rows, columns, c]), [x], (dy) => {
    const given = b.concat(g, winners(g, pool, b.reshape(g, dy, [1, n * rows * columns * c])), 0);
    const inPlaces = b.reshape(g, given, [window[0], window[1], n, rows, columns, c]);
    const image = b.reshape(g, b.transpose(g, inPlaces, [2, 3, 0, 4, 1, 5]), whole.shape);
    return [
      b.pad(
        g,
        image,
        [0, 0, 0, 0],
        x.shape.map((side, i) => side - whole.shape[i]),
      ),
    ];
  });
}

export const pooling: Record<string, Operation> = {
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
                // As in the runtime, the first value is the start of the comparisons: a NaN wins only there, so pooling can hide it.
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
};

function scatter(values: Value, indices: Value, shape: readonly number[]): Value {
  const data = new Float64Array(shape.reduce((p, n) => p * n, 1));
  values.data.forEach((v: number | bigint, i: number) => {
    data[Number(indices.data[i])] += Number(v);
  });
  return { shape, data };
}
