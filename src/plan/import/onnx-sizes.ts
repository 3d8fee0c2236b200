/** The arithmetic of shapes in an ONNX model, by which exporters say "as many rows as there are". */

import { numberIn, type OnnxNode, valuesOf } from "./onnx-model.ts";
import { product, type Size, sizesOf, type Value } from "./onnx-values.ts";

const MOST_AXES = 64;

/** The whole numbers of a value; undefined: it is not of that kind. */
export function listOf(value: Value | undefined): Size[] | undefined {
  if (value?.kind === "sizes") return value.list;
  // Shapes have few entries: anything longer is weights.
  if (value?.kind === "constant" && value.tensor.dims.length <= 1 && (value.tensor.dims[0] ?? 1) <= 16)
    return Array.from(valuesOf(value.tensor));
  return undefined;
}

/** What a node computes when all it is given are sizes; undefined: it works on something else. */
export function sizes(node: OnnxNode, inputs: readonly (Value | undefined)[]): Value | undefined {
  const [first] = inputs;
  if (node.op === "Shape" && first?.kind === "rows") {
    const all = sizesOf(first);
    return { kind: "sizes", list: all.slice(numberIn(node, "start", 0), numberIn(node, "end", all.length)) };
  }
  if (node.op === "ConstantOfShape") return { kind: "zeros" };
  if (first?.kind === "zeros") return first;
  if (node.op === "Expand" && first?.kind === "constant" && valuesOf(first.tensor).every((n: number) => n === 0))
    return { kind: "zeros" };
  if (!inputs.some((value) => value?.kind === "sizes")) return undefined;
  const lists = inputs.map(listOf);
  if (lists.some((list) => list === undefined)) return undefined;
  const list = computed(node.op, lists as Size[][]);
  // No tensor has as many axes: a list that doubles itself again and again fills the memory.
  return list && list.length <= MOST_AXES ? { kind: "sizes", list } : undefined;
}

function computed(op: string, [a, ...rest]: readonly Size[][]): Size[] | undefined {
  const [b] = rest;
  const known = (list: readonly Size[] | undefined, i: number, otherwise: number) => list?.[i] ?? otherwise;
  switch (op) {
    case "Cast":
    case "Identity":
    case "Unsqueeze":
    case "Squeeze":
      return a;
    case "Reshape":
      return product(b) === -1 || b.length === 1 ? a : undefined;
    case "Concat":
      return [a, ...rest].flat();
    case "Gather":
      return b.map((i) => a.at(i ?? 0) ?? null);
    case "Slice":
      return a.slice(known(b, 0, 0), Math.min(known(rest[1], 0, a.length), a.length));
    case "Mul":
      return a.map((n, i) => product([n, b[i] ?? b[0]]));
    default:
      return undefined;
  }
}
