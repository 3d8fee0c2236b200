/** Max pooling over images [batch, channels, height, width]. */
import * as b from "./build.ts";
import { type Graph, type Node, size, type Tensor } from "./graph.ts";
import { geometry, list, type Operation, type Value } from "./operation.ts";

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
      if (`${[kernel, strides, pads]}` === "2,2,2,2,0,0,0,0") return [toWinners(g, node, x, dy)];
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

/**
 * The gradient of windows of 2 × 2 side by side: it goes to the first of the four that is the largest. Comparing with the largest of the
 * first, of the upper and of the left ones takes a third of the time that the runtime needs to tell indices.
 */
function toWinners(g: Graph, node: Node, x: Tensor, dy: Tensor): Tensor {
  const [n, c, h, w] = dy.shape;
  const largest = node.outputs[0];
  const unless = (kernel: number[], gradient: Tensor) => {
    const some = maxPool(g, x, kernel, [2, 2], [0, 0, 0, 0]);
    const beaten = b.greater(g, largest, b.slice(g, b.slice(g, some, 2, 0, h), 3, 0, w));
    return b.mul(g, gradient, b.cast(g, beaten, "float32"));
  };
  const notFirst = unless([1, 1], dy);
  const lower = unless([1, 2], notFirst);
  const last = unless([2, 1], lower);
  const beside = (left: Tensor, right: Tensor) => {
    const pair = [left, right].map((tensor) => b.reshape(g, tensor, [n, c, h, w, 1]));
    return b.reshape(g, b.concat(g, pair, 4), [n, c, h, 2 * w]);
  };
  const upper = beside(b.sub(g, dy, notFirst), b.sub(g, notFirst, lower));
  const lowerRow = beside(b.sub(g, lower, last), last);
  // An odd side leaves a column or a row out.
  const zeros = (shape: number[]) => (shape.includes(0) ? [] : [g.constant(new Float32Array(size(shape)), shape)]);
  const [, , height, width] = x.shape;
  const column = zeros([n, c, h, width - 2 * w]);
  const rows = b.concat(g, [upper, ...column, lowerRow, ...column], 3);
  const planes = [b.reshape(g, rows, [n, c, 2 * h * width]), ...zeros([n, c, (height - 2 * h) * width])];
  return b.reshape(g, planes.length > 1 ? b.concat(g, planes, 2) : planes[0], x.shape);
}

function scatter(values: Value, indices: Value, shape: readonly number[]): Value {
  const data = new Float64Array(shape.reduce((p, n) => p * n, 1));
  values.data.forEach((v: number | bigint, i: number) => {
    data[Number(indices.data[i])] += Number(v);
  });
  return { shape, data };
}
