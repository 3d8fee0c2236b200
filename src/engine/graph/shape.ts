/** Operations that move, gather or sum elements, and softmax, which works along a row. */
import * as b from "./build.ts";
import type { Node, Tensor } from "./graph.ts";
import { attribute, each, list, type Operation, offset, strides, unbroadcast, type Value } from "./operation.ts";

const ints = (value: Value): number[] => Array.from(value.data as BigInt64Array, Number);
const constants = (tensor: Tensor): number[] => Array.from(tensor.constant as BigInt64Array, Number);

/** Splits a shape around one axis: how many blocks before it, its length, how many elements after it. */
function around(shape: readonly number[], axis: number): [number, number, number] {
  const product = (part: readonly number[]) => part.reduce((p, n) => p * n, 1);
  return [product(shape.slice(0, axis)), shape[axis], product(shape.slice(axis + 1))];
}

function reduction(
  start: number,
  step: (total: number, x: number) => number,
  finish: (total: number, n: number) => number,
): Operation["evaluate"] {
  return ([x, axes], node) => {
    const reduced = ints(axes);
    const kept = x.shape.map((n, i) => (reduced.includes(i) ? 1 : n));
    const step1 = strides(kept, kept.length);
    const data = new Float64Array(kept.reduce((p, n) => p * n, 1)).fill(start);
    each(x.shape, (flat, position) => {
      const at = offset(position, step1);
      data[at] = step(data[at], Number(x.data[flat]));
    });
    const n = x.data.length / data.length;
    return [{ shape: node.outputs[0].shape, data: data.map((total) => finish(total, n)) }];
  };
}

/** The gradient of the reduced tensor, with the reduced axes restored with length 1, so that it broadcasts over the input. */
function keepAxes(node: Node, dy: Tensor): number[] {
  const axes = constants(node.inputs[1]!);
  return dy.shape.length === node.inputs[0]!.shape.length
    ? [...dy.shape]
    : node.inputs[0]!.shape.map((n, i) => (axes.includes(i) ? 1 : n));
}

const alongRow =
  (f: (row: Float64Array) => Float64Array): Operation["evaluate"] =>
  ([x]) => {
    const width = x.shape.at(-1)!;
    const data = new Float64Array(x.data.length);
    for (let at = 0; at < data.length; at += width) data.set(f((x.data as Float64Array).slice(at, at + width)), at);
    return [{ shape: x.shape, data }];
  };

function logSoftmaxOf(row: Float64Array): Float64Array {
  const top = row.reduce((m, v) => (Number.isNaN(v) ? v : Math.max(m, v)), -Infinity);
  const total = Math.log(row.reduce((s, v) => s + Math.exp(v - top), 0));
  return row.map((v) => v - top - total);
}

export const shaping: Record<string, Operation> = {
  Reshape: {
    evaluate: ([x], node) => [{ shape: node.outputs[0].shape, data: x.data }],
    gradient: (g, node, dy) => [b.reshape(g, dy, node.inputs[0]!.shape), null],
  },
  Transpose: {
    evaluate: ([x], node) => {
      const perm = list(node, "perm", []);
      const shape = node.outputs[0].shape;
      const from = strides(x.shape, x.shape.length);
      const data = new Float64Array(x.data.length);
      const step = perm.map((axis) => from[axis]);
      each(shape, (flat, position) => {
        data[flat] = Number(x.data[offset(position, step)]);
      });
      return [{ shape, data }];
    },
    gradient: (g, node, dy) => {
      const perm = list(node, "perm", []);
      return [
        b.transpose(
          g,
          dy,
          perm.map((_, i) => perm.indexOf(i)),
        ),
      ];
    },
  },
  ReduceSum: {
    evaluate: reduction(
      0,
      (total, x) => total + x,
      (total) => total,
    ),
    gradient: (g, node, dy) => {
      const x = node.inputs[0]!;
      return [g.add("Expand", [b.reshape(g, dy, keepAxes(node, dy)), g.ints(x.shape)], { shape: x.shape }), null];
    },
  },
  ReduceMean: {
    evaluate: reduction(
      0,
      (total, x) => total + x,
      (total, n) => total / n,
    ),
    gradient: (g, node, dy) => {
      const x = node.inputs[0]!;
      const share = b.scale(
        g,
        b.reshape(g, dy, keepAxes(node, dy)),
        dy.shape.reduce((p, n) => p * n, 1) / x.shape.reduce((p, n) => p * n, 1),
      );
      return [g.add("Expand", [share, g.ints(x.shape)], { shape: x.shape }), null];
    },
  },
  ReduceMax: {
    evaluate: reduction(
      -Infinity,
      (m, x) => Math.max(m, x),
      (m) => m,
    ),
    // Equal maxima share the gradient, as in TensorFlow and PyTorch.
    gradient: (g, node, dy) => {
      const x = node.inputs[0]!;
      const [largest, owed] = [node.outputs[0], dy].map((tensor) => b.reshape(g, tensor, keepAxes(node, dy)));
      const winners = b.cast(g, b.equal(g, x, largest), "float32");
      const share = b.div(g, owed, b.sum(g, winners, constants(node.inputs[1]!), true));
      return [b.mul(g, winners, share), null];
    },
  },
  Expand: {
    evaluate: ([x], node) => {
      const shape = node.outputs[0].shape;
      const step = strides(x.shape, shape.length);
      const data = new Float64Array(shape.reduce((p, n) => p * n, 1));
      each(shape, (flat, position) => {
        data[flat] = Number(x.data[offset(position, step)]);
      });
      return [{ shape, data }];
    },
    gradient: (g, node, dy) => [unbroadcast(g, dy, node.inputs[0]!.shape), null],
  },
  Concat: {
    evaluate: (parts, node) => {
      const axis = attribute(node, "axis");
      const [before, length, after] = around(node.outputs[0].shape, axis);
      const data = new Float64Array(before * length * after);
      let start = 0;
      for (const part of parts) {
        const width = part.shape[axis] * after;
        for (let i = 0; i < before; i++)
          data.set((part.data as Float64Array).subarray(i * width, (i + 1) * width), i * length * after + start);
        start += width;
      }
      return [{ shape: node.outputs[0].shape, data }];
    },
    gradient: (g, node, dy) => {
      const axis = attribute(node, "axis");
      return b.split(
        g,
        dy,
        node.inputs.map((part) => part!.shape[axis]),
        axis,
      );
    },
  },
  Split: {
    evaluate: ([x, sizes], node) => {
      const axis = attribute(node, "axis");
      const [before, length, after] = around(x.shape, axis);
      let start = 0;
      return ints(sizes).map((n, k) => {
        const data = new Float64Array(before * n * after);
        for (let i = 0; i < before; i++)
          data.set(
            (x.data as Float64Array).subarray((i * length + start) * after, (i * length + start + n) * after),
            i * n * after,
          );
        start += n;
        return { shape: node.outputs[k].shape, data };
      });
    },
    gradientOfAll: (g, node, dys) => [
      b.concat(
        g,
        node.outputs.map(({ shape }, k) => dys[k] ?? g.add("Expand", [g.scalar(0), g.ints(shape)], { shape })),
        attribute(node, "axis"),
      ),
      null,
    ],
  },
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
    gradient(g, node, dy) {
      const [x, , , , steps] = node.inputs as Tensor[];
      if (constants(steps)[0] !== 1) throw new Error("no gradient passes through a Slice that leaves some out");
      const [start, axis] = [constants(node.inputs[1]!)[0], constants(node.inputs[3]!)[0]];
      const at = (n: number) => x.shape.map((_, i) => (i === axis ? n : 0));
      return [b.pad(g, dy, at(start), at(x.shape[axis] - start - dy.shape[axis])), null, null, null, null];
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
  Softmax: {
    evaluate: alongRow((row) => logSoftmaxOf(row).map(Math.exp)),
    gradient: (g, node, dy) => {
      const y = node.outputs[0];
      return [b.mul(g, y, b.sub(g, dy, b.sum(g, b.mul(g, dy, y), [-1], true)))];
    },
  },
  LogSoftmax: {
    evaluate: alongRow(logSoftmaxOf),
    gradient: (g, node, dy) => [b.sub(g, dy, b.mul(g, b.exp(g, node.outputs[0]), b.sum(g, dy, [-1], true)))],
  },
};
