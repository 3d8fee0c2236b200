/** Short names for the operations, so that layers, losses and optimizers read like formulas. */
import { broadcast, type Graph, size, type Tensor } from "./graph.ts";

const unary = (op: string) => (g: Graph, x: Tensor) => g.add(op, [x], { shape: x.shape });
const binary = (op: string) => (g: Graph, a: Tensor, b: Tensor) =>
  g.add(op, [a, b], { shape: broadcast(a.shape, b.shape) });
const compare = (op: string) => (g: Graph, a: Tensor, b: Tensor) =>
  g.add(op, [a, b], { shape: broadcast(a.shape, b.shape), dtype: "bool" });

export const add = binary("Add");
export const sub = binary("Sub");
export const mul = binary("Mul");
export const div = binary("Div");
export const max = binary("Max");
export const min = binary("Min");
export const xor = binary("BitwiseXor");
export const greater = compare("Greater");
export const atLeast = compare("GreaterOrEqual");
export const equal = compare("Equal");
export const neg = unary("Neg");
export const exp = unary("Exp");
export const log = unary("Log");
export const sqrt = unary("Sqrt");
export const abs = unary("Abs");
export const sign = unary("Sign");
export const relu = unary("Relu");
export const sigmoid = unary("Sigmoid");
export const cos = unary("Cos");
export const tanh = unary("Tanh");
export const softplus = unary("Softplus");
export const softsign = unary("Softsign");
export const selu = unary("Selu");
export const gelu = unary("Gelu");
export const elu = (g: Graph, x: Tensor) => g.add("Elu", [x], { shape: x.shape }, { alpha: { float: 1 } });
export const leakyRelu = (g: Graph, x: Tensor, alpha: number) =>
  g.add("LeakyRelu", [x], { shape: x.shape }, { alpha: { float: alpha } });
export const hardSigmoid = (g: Graph, x: Tensor, alpha: number) =>
  g.add("HardSigmoid", [x], { shape: x.shape }, { alpha: { float: alpha }, beta: { float: 0.5 } });
export const softmax = (g: Graph, x: Tensor) => g.add("Softmax", [x], { shape: x.shape }, { axis: -1 });
export const logSoftmax = (g: Graph, x: Tensor) => g.add("LogSoftmax", [x], { shape: x.shape }, { axis: -1 });

export const shiftRight = (g: Graph, x: Tensor, by: number) =>
  g.add("BitShift", [x, g.uint(by)], { shape: x.shape }, { direction: "RIGHT" });
export const where = (g: Graph, condition: Tensor, a: Tensor, b: Tensor) =>
  g.add("Where", [condition, a, b], { shape: broadcast(condition.shape, broadcast(a.shape, b.shape)), dtype: a.dtype });
const CODE = { float32: 1, int32: 6, int64: 7 } as const;
/** Converts the type; floats are truncated to integers. */
export const cast = (g: Graph, x: Tensor, dtype: keyof typeof CODE) =>
  g.add("Cast", [x], { shape: x.shape, dtype }, { to: CODE[dtype] });

export const scale = (g: Graph, x: Tensor, by: number) => (by === 1 ? x : mul(g, x, g.scalar(by)));
export const square = (g: Graph, x: Tensor) => mul(g, x, x);

export function reshape(g: Graph, x: Tensor, shape: readonly number[]): Tensor {
  if (size(shape) !== size(x.shape)) throw new Error(`[${x.shape}] cannot become [${shape}]`);
  if (`${shape}` === `${x.shape}` && shape.length === x.shape.length) return x;
  return g.add("Reshape", [x, g.ints(shape)], { shape });
}

export function transpose(g: Graph, x: Tensor, permutation: readonly number[]): Tensor {
  return g.add("Transpose", [x], { shape: permutation.map((axis) => x.shape[axis]) }, { perm: [...permutation] });
}

function reduce(op: string) {
  return (g: Graph, x: Tensor, axes: readonly number[], keep = false): Tensor => {
    if (axes.length === 0) return x;
    const at = axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis));
    const shape = keep ? x.shape.map((n, i) => (at.includes(i) ? 1 : n)) : x.shape.filter((_, i) => !at.includes(i));
    return g.add(op, [x, g.ints(at)], { shape }, { keepdims: keep ? 1 : 0 });
  };
}
export const sum = reduce("ReduceSum");
export const mean = reduce("ReduceMean");
export const largest = reduce("ReduceMax");

/** `length` entries of one axis, from `start`, every `step`-th. */
export function slice(g: Graph, x: Tensor, axis: number, start: number, length: number, step = 1): Tensor {
  if (length === x.shape[axis]) return x;
  const bounds = [start, start + (length - 1) * step + 1, axis, step].map((n) => g.ints([n]));
  return g.add("Slice", [x, ...bounds], { shape: x.shape.map((n, i) => (i === axis ? length : n)) });
}

/** Pads with zeros, `before` and `after` on each axis. */
export function pad(g: Graph, x: Tensor, before: readonly number[], after: readonly number[]): Tensor {
  if (before.every((n) => n === 0) && after.every((n) => n === 0)) return x;
  const shape = x.shape.map((n, i) => n + before[i] + after[i]);
  return g.add("Pad", [x, g.ints([...before, ...after])], { shape });
}

/** `x` repeated along the axes of length 1. */
export const expand = (g: Graph, x: Tensor, shape: readonly number[]) => g.add("Expand", [x, g.ints(shape)], { shape });

/** Rows of `x` (first axis) by index. */
export const gather = (g: Graph, x: Tensor, rows: Tensor) =>
  g.add("Gather", [x, rows], { shape: [...rows.shape, ...x.shape.slice(1)] }, { axis: 0 });

/** The index of the largest along the last axis; of equal ones the first. */
export const argmax = (g: Graph, x: Tensor) => {
  const shape = x.shape.slice(0, -1);
  return cast(g, g.add("ArgMax", [x], { shape, dtype: "int64" }, { axis: -1, keepdims: 0 }), "float32");
};

export const concat = (g: Graph, parts: readonly Tensor[], axis: number) =>
  g.add(
    "Concat",
    parts,
    { shape: parts[0].shape.map((n, i) => (i === axis ? parts.reduce((s, p) => s + p.shape[axis], 0) : n)) },
    { axis },
  );

export const split = (g: Graph, x: Tensor, sizes: readonly number[], axis: number) =>
  g.addMany(
    "Split",
    [x, g.ints(sizes)],
    sizes.map((n) => ({ shape: x.shape.map((m, i) => (i === axis ? n : m)) })),
    { axis },
  );

/**
 * a · b (+ bias), either side transposed on request. Two dimensions are a `Gemm`; with leading axes (stacked trainings) every pair of
 * matrices is multiplied on its own, and `bias` [..., 1, columns] is added.
 */
export function matmul(
  g: Graph,
  a: Tensor,
  b: Tensor,
  { transA = false, transB = false, bias }: { transA?: boolean; transB?: boolean; bias?: Tensor } = {},
): Tensor {
  const rows = a.shape.at(transA ? -1 : -2)!;
  const columns = b.shape.at(transB ? -2 : -1)!;
  const shape = [...a.shape.slice(0, -2), rows, columns];
  const attributes = { transA: transA ? 1 : 0, transB: transB ? 1 : 0 };
  if (a.shape.length === 2) return g.add("Gemm", bias ? [a, b, bias] : [a, b], { shape }, attributes);
  const product = g.add("FusedMatMul", [a, b], { shape }, attributes);
  return bias ? add(g, product, bias) : product;
}

/**
 * The sum of the squares over the axes from `from` on. It is a matrix product, because the runtime reduces one training in another order than
 * several stacked ones, while a seed must have the same numbers in both.
 */
export function squares(g: Graph, x: Tensor, from: number): Tensor {
  const before = x.shape.slice(0, from);
  const line = reshape(g, x, [...before, 1, size(x.shape.slice(from))]);
  return reshape(g, matmul(g, line, line, { transB: true }), before);
}
