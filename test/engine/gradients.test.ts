/** Every operation's gradient against finite differences of the plain interpreter. */
import { describe, expect, it } from "vitest";
import { averagePool } from "../../src/engine/graph/average.ts";
import * as b from "../../src/engine/graph/build.ts";
import { depthwise } from "../../src/engine/graph/depthwise.ts";
import { gradients } from "../../src/engine/graph/gradient.ts";
import { Graph, size, type Tensor } from "../../src/engine/graph/graph.ts";
import { interpret } from "../../src/engine/graph/interpret.ts";
import { standardized } from "../../src/engine/graph/normalization.ts";
import { OPERATIONS } from "../../src/engine/graph/operations.ts";
import { maxPool, maxPoolApart } from "../../src/engine/graph/pooling.ts";
import { convolve } from "../../src/engine/graph/windows.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { normal, stream } from "../../src/random.ts";

type Case = { name: string; shapes: number[][]; build: (g: Graph, ...x: Tensor[]) => Tensor; positive?: boolean };
const unary = (name: string, f: (g: Graph, x: Tensor) => Tensor, positive = false): Case => ({
  name,
  shapes: [[3, 4]],
  build: f,
  positive,
});
const binary = (name: string, f: (g: Graph, a: Tensor, c: Tensor) => Tensor): Case[] => [
  {
    name,
    shapes: [
      [3, 4],
      [3, 4],
    ],
    build: f,
  },
  {
    name: `${name}, broadcast`,
    shapes: [
      [2, 3, 4],
      [1, 4],
    ],
    build: f,
  },
];
const geometry = (strides: number[], pads: number[], dilations = [1, 1]) => ({ strides, pads, dilations });
/** x [n, h, w, c], a kernel [filters, c, kh, kw], windows of which the largest counts. */
const convolution = (
  name: string,
  x: number[],
  w: number[],
  at: ReturnType<typeof geometry>,
  pool = [1, 1],
  atOnce?: number,
): Case => ({
  name: `Convolution ${name}`,
  shapes: [x, w],
  build: (g, image, weights) => convolve(g, image, weights, at, pool, atOnce),
});

const depthwiseCase = (name: string, x: number[], w: number[], at: ReturnType<typeof geometry>): Case => ({
  name: `Conv by channel ${name}`,
  shapes: [x, w, [w[0]]],
  build: (g, image, weights, bias) => depthwise(g, image, weights, bias, at),
});
const averages = (name: string, x: number[], kernel: number[], strides: number[], pads: number[]): Case => ({
  name: `AveragePool ${name}`,
  shapes: [x],
  build: (g, image) => averagePool(g, image, kernel, strides, pads),
});

const cases: Case[] = [
  unary("Neg", b.neg),
  unary("Exp", b.exp),
  unary("Log", b.log, true),
  unary("Sqrt", b.sqrt, true),
  unary("Abs", b.abs),
  unary("Relu", b.relu),
  unary("LeakyRelu", (g, x) => b.leakyRelu(g, x, 0.2)),
  unary("Elu", b.elu),
  unary("Selu", b.selu),
  unary("Gelu", b.gelu),
  unary("Sigmoid", b.sigmoid),
  unary("HardSigmoid", (g, x) => b.hardSigmoid(g, x, 1 / 6)),
  unary("Tanh", b.tanh),
  unary("Softplus", b.softplus),
  unary("Softsign", b.softsign),
  unary("Softmax", b.softmax),
  unary("LogSoftmax", b.logSoftmax),
  ...binary("Add", b.add),
  ...binary("Sub", b.sub),
  ...binary("Mul", b.mul),
  ...binary("Max", b.max),
  ...binary("Min", b.min),
  {
    name: "Div",
    shapes: [
      [3, 4],
      [3, 4],
    ],
    build: b.div,
    positive: true,
  },
  {
    name: "Where",
    shapes: [
      [3, 4],
      [3, 4],
    ],
    build: (g, x, y) => b.where(g, b.greater(g, x, g.scalar(0)), b.square(g, x), b.scale(g, y, 3)),
  },
  { name: "Reshape", shapes: [[3, 4]], build: (g, x) => b.reshape(g, x, [2, 6]) },
  { name: "Transpose", shapes: [[2, 3, 4]], build: (g, x) => b.transpose(g, x, [2, 0, 1]) },
  { name: "ReduceSum", shapes: [[2, 3, 4]], build: (g, x) => b.sum(g, x, [0, 2]) },
  { name: "ReduceSum, kept", shapes: [[2, 3, 4]], build: (g, x) => b.sum(g, x, [-1], true) },
  { name: "ReduceMean", shapes: [[2, 3, 4]], build: (g, x) => b.mean(g, x, [1]) },
  {
    name: "Concat",
    shapes: [
      [2, 3],
      [2, 4],
    ],
    build: (g, x, y) => b.concat(g, [x, y], 1),
  },
  {
    name: "Split, not all of it used",
    shapes: [[2, 6]],
    build: (g, x) => {
      const [first, , last] = b.split(g, x, [1, 2, 3], 1);
      return b.mul(g, first, last);
    },
  },
  { name: "Slice", shapes: [[3, 4]], build: (g, x) => b.slice(g, x, 1, 1, 2) },
  { name: "Expand", shapes: [[3, 1]], build: (g, x) => b.expand(g, x, [2, 3, 4]) },
  {
    name: "Gather, a row twice",
    shapes: [[4, 3]],
    build: (g, x) => b.gather(g, x, g.constant(Int32Array.of(2, 0, 2), [3], "int32")),
  },
  ...[
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ].flatMap(([transA, transB]): Case[] => [
    {
      name: `Gemm ${transA} ${transB}`,
      shapes: [transA ? [4, 3] : [3, 4], transB ? [5, 4] : [4, 5], [1, 5]],
      build: (g, x, y, bias) => b.matmul(g, x, y, { transA, transB, bias }),
    },
    {
      name: `FusedMatMul ${transA} ${transB}`,
      shapes: [transA ? [2, 4, 3] : [2, 3, 4], transB ? [2, 5, 4] : [2, 4, 5]],
      build: (g, x, y) => b.matmul(g, x, y, { transA, transB }),
    },
  ]),
  convolution("valid", [2, 5, 5, 2], [3, 2, 3, 3], geometry([1, 1], [0, 0, 0, 0])),
  convolution("many channels", [2, 5, 4, 9], [2, 9, 2, 3], geometry([1, 1], [0, 0, 0, 0])),
  convolution("same", [2, 7, 6, 1], [2, 1, 3, 2], geometry([1, 1], [1, 0, 1, 1])),
  convolution("same, many channels", [1, 3, 4, 8], [2, 8, 3, 3], geometry([1, 1], [1, 1, 1, 1])),
  convolution("stride that leaves a row", [2, 6, 6, 2], [2, 2, 3, 3], geometry([2, 2], [0, 0, 0, 0])),
  convolution("dilated", [1, 7, 7, 2], [2, 2, 3, 3], geometry([1, 1], [1, 1, 1, 1], [2, 2])),
  convolution("pooled", [2, 6, 6, 2], [3, 2, 3, 3], geometry([1, 1], [0, 0, 0, 0]), [2, 2]),
  convolution("pooled, rows left over", [2, 8, 7, 1], [2, 1, 2, 2], geometry([1, 1], [0, 0, 0, 0]), [3, 2]),
  convolution("pooled, same, many channels", [1, 5, 5, 8], [2, 8, 3, 3], geometry([1, 1], [1, 1, 1, 1]), [2, 2]),
  convolution("pooled, strided", [2, 9, 9, 2], [2, 2, 3, 3], geometry([2, 2], [1, 1, 1, 1]), [2, 2]),
  convolution("in parts", [20, 3, 3, 1], [1, 1, 2, 2], geometry([1, 1], [0, 0, 0, 0]), [1, 1], 1),
  convolution("in parts, many channels", [3, 5, 4, 8], [2, 8, 2, 2], geometry([1, 1], [0, 0, 0, 0]), [2, 2], 1),
  { name: "Max of windows", shapes: [[2, 4, 4, 2]], build: (g, x) => maxPoolApart(g, x, [2, 2]) },
  { name: "Max of windows, some left over", shapes: [[2, 5, 7, 2]], build: (g, x) => maxPoolApart(g, x, [2, 3]) },
  { name: "MaxPool", shapes: [[2, 2, 4, 4]], build: (g, x) => maxPool(g, x, [2, 2], [2, 2], [0, 0, 0, 0]) },
  {
    name: "MaxPool, a row and a column left over",
    shapes: [[2, 2, 5, 7]],
    build: (g, x) => maxPool(g, x, [2, 2], [2, 2], [0, 0, 0, 0]),
  },
  { name: "MaxPool, padded", shapes: [[2, 2, 5, 5]], build: (g, x) => maxPool(g, x, [2, 2], [2, 2], [0, 0, 1, 1]) },
  {
    name: "MaxPool, overlapping",
    shapes: [[2, 2, 5, 5]],
    build: (g, x) => maxPool(g, x, [3, 3], [2, 2], [0, 0, 0, 0]),
  },
  { name: "ReduceMax", shapes: [[2, 3, 4]], build: (g, x) => b.largest(g, x, [0, 2]) },
  { name: "ReduceMax, kept", shapes: [[2, 3, 4]], build: (g, x) => b.largest(g, x, [-1], true) },
  { name: "Mul by itself", shapes: [[3, 4]], build: b.square },
  { name: "LayerNormalization", shapes: [[2, 3, 4]], build: (g, x) => standardized(g, x, 1e-3) },
  depthwiseCase("valid", [2, 3, 5, 4], [3, 1, 2, 3], geometry([1, 1], [0, 0, 0, 0])),
  depthwiseCase("same, strides", [2, 2, 6, 5], [2, 1, 3, 3], geometry([2, 1], [0, 1, 1, 1])),
  depthwiseCase("dilated", [1, 2, 6, 6], [2, 1, 2, 2], geometry([1, 1], [1, 1, 1, 1], [2, 3])),
  averages("side by side, a row left over", [2, 2, 5, 6], [2, 3], [2, 3], [0, 0, 0, 0]),
  averages("overlapping", [2, 2, 5, 6], [3, 2], [1, 1], [0, 0, 0, 0]),
  averages("padded", [2, 2, 5, 6], [3, 2], [2, 2], [1, 0, 1, 1]),
];

function setUp({ shapes, build, positive }: Case) {
  const g = new Graph();
  const inputs = shapes.map((shape) => g.input(shape));
  const output = build(g, ...inputs);
  // Another weight for every element of the output, so that no error cancels.
  const weights = g.constant(
    Float32Array.from({ length: size(output.shape) }, (_, i) => normal(stream(7), i)),
    output.shape,
  );
  const grads = gradients(g, [{ output, gradient: weights }], inputs);
  const values = shapes.map((shape, k) =>
    Float64Array.from({ length: size(shape) }, (_, i) =>
      Math.fround(positive ? 0.5 + Math.abs(normal(stream(k), i)) : normal(stream(k), i)),
    ),
  );
  const total = (at: Float64Array[]) => {
    const [value] = interpret(g, [output], new Map(inputs.map((input, k) => [input, at[k]])));
    return (value.data as Float64Array).reduce((sum, v, i) => sum + v * Number(weights.constant![i]), 0);
  };
  return { g, inputs, output, grads: grads as Tensor[], values, total };
}

describe("gradients", () => {
  it.each(cases)("$name agrees with finite differences", (c) => {
    const { g, inputs, grads, values, total } = setUp(c);
    const analytic = interpret(g, grads, new Map(inputs.map((input, k) => [input, values[k]])));
    values.forEach((value, k) => {
      value.forEach((x, i) => {
        const moved = (by: number) => total(values.map((v, j) => (j === k ? v.with(i, x + by) : v)));
        const numeric = (moved(1e-5) - moved(-1e-5)) / 2e-5;
        expect(Math.abs(Number(analytic[k].data[i]) - numeric)).toBeLessThan(1e-6 * Math.max(1, Math.abs(numeric)));
      });
    });
  });

  it.each(cases)("$name: the runtime computes what the interpreter computes", async (c) => {
    const { g, inputs, output, grads, values } = setUp(c);
    const named = Object.fromEntries(inputs.map((input, k) => [`x${k}`, input]));
    const outputs = { y: output, ...Object.fromEntries(grads.map((grad, k) => [`d${k}`, grad])) };
    const session = await onnxRuntime(1).once({ g, inputs: named, outputs });
    const feeds = Object.fromEntries(
      inputs.map((input, k) => [
        `x${k}`,
        { dtype: input.dtype, shape: input.shape, data: Float32Array.from(values[k]) },
      ]),
    );
    const results = await session.run(feeds);
    const reference = interpret(g, Object.values(outputs), new Map(inputs.map((input, k) => [input, values[k]])));
    Object.keys(outputs).forEach((name, i) => {
      // Sums round as their largest terms do.
      const scale = Math.max(1, ...Array.from(reference[i].data, Number).map(Math.abs));
      reference[i].data.forEach((v: number | bigint, j: number) => {
        expect(Math.abs(results[name][j] - Number(v))).toBeLessThan(5e-5 * scale);
      });
    });
    await session.release();
  });

  it.each([
    { side: 4, winners: [0, 2, 8, 10] },
    { side: 5, winners: [0, 2, 10, 12] },
  ])("MaxPool of equal values, $side wide: the first of each window gets it all", ({ side, winners }) => {
    const g = new Graph();
    const x = g.input([1, side, side, 1]);
    const pooled = maxPoolApart(g, x, [2, 2]);
    const dy = g.constant(Float32Array.of(1, 2, 3, 4), pooled.shape);
    const [dx] = gradients(g, [{ output: pooled, gradient: dy }], [x]);
    const [value] = interpret(g, [dx!], new Map([[x, new Float64Array(side * side).fill(0.7)]]));
    const expected = new Float64Array(side * side);
    winners.forEach((at, i) => {
      expected[at] = i + 1;
    });
    expect(value.data).toEqual(expected);
  });

  it("leaves no operation with a gradient untested", () => {
    const tested = new Set(cases.flatMap((c) => setUp(c).g.nodes.map((node) => node.op)));
    const missing = Object.entries(OPERATIONS).filter(([op, { gradient }]) => gradient && !tested.has(op));
    expect(missing.map(([op]) => op)).toEqual(["Cast", "Equal"].filter((op) => !tested.has(op)));
  });
});
