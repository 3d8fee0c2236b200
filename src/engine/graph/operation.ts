/** The interface of an operation: its plain computation, and how gradients pass through it. */
import * as b from "./build.ts";
import type { Graph, Node, Tensor } from "./graph.ts";

/** A value of the reference interpreter: float tensors in double precision, row-major. */
export type Value = {
  shape: readonly number[];
  data: Float64Array | Uint32Array | BigInt64Array | Int32Array | Uint8Array;
};

/** Computes outputs of a graph from the values of its inputs. */
export type Interpret = (
  g: Graph,
  outputs: readonly Tensor[],
  inputs: ReadonlyMap<Tensor, Value["data"] | Float32Array>,
) => Value[];

export type Operation = {
  /** The slow, obvious definition; `node` has the attributes and output shapes, `interpret` computes the body of a Scan. */
  evaluate(inputs: Value[], node: Node, interpret: Interpret): Value[];
  /** The gradient of each input, given that of the (first) output; null where none flows. Absent where no gradient flows at all. */
  gradient?(g: Graph, node: Node, dy: Tensor): (Tensor | null)[];
  /** The same where several outputs are used; the gradient of an output is null where it is 0. */
  gradientOfAll?(g: Graph, node: Node, dys: readonly (Tensor | null)[]): (Tensor | null)[];
};

/** Sums `dy` over the axes along which an input of `shape` was broadcast. */
export function unbroadcast(g: Graph, dy: Tensor, shape: readonly number[]): Tensor {
  const lead = dy.shape.length - shape.length;
  const axes = dy.shape.flatMap((n, i) => (i < lead || (shape[i - lead] === 1 && n !== 1) ? [i] : []));
  if (axes.length === 0) return dy;
  return lead === 0 ? b.sum(g, dy, axes, true) : b.reshape(g, b.sum(g, dy, axes), shape);
}

/** The strides of a row-major array, 0 along axes of length 1 so that it broadcasts. */
export function strides(shape: readonly number[], rank: number): number[] {
  const out = new Array<number>(rank).fill(0);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    out[rank - shape.length + i] = shape[i] === 1 ? 0 : step;
    step *= shape[i];
  }
  return out;
}

/** Calls `visit(flat index, position)` for every element of `shape`, last axis fastest. `position` is reused. */
export function each(shape: readonly number[], visit: (flat: number, position: number[]) => void): void {
  const position = new Array<number>(shape.length).fill(0);
  const n = shape.reduce((p, x) => p * x, 1);
  for (let flat = 0; flat < n; flat++) {
    visit(flat, position);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++position[axis] < shape[axis]) break;
      position[axis] = 0;
    }
  }
}

export const offset = (position: readonly number[], step: readonly number[]): number =>
  position.reduce((sum, p, i) => sum + p * step[i], 0);

export const attribute = (node: Node, name: string): number => {
  const value = node.attributes[name];
  if (typeof value === "number") return value;
  if (value && typeof value === "object" && "float" in value) return value.float;
  throw new Error(`${node.op} has no numeric attribute "${name}"`);
};

/** How a window slides over an image. */
export type Geometry = { strides: number[]; pads: number[]; dilations: number[] };

export const geometry = (node: Node): Geometry => ({
  strides: list(node, "strides", [1, 1]),
  pads: list(node, "pads", [0, 0, 0, 0]),
  dilations: list(node, "dilations", [1, 1]),
});

export const list = (node: Node, name: string, otherwise: number[]): number[] => {
  const value = node.attributes[name];
  return Array.isArray(value) ? value : otherwise;
};
