/** Turns a graph that was compiled for a fixed number of rows into one for any number, of standard ONNX operations only. */

import { type Body, type DType, Graph, type Node, needed, type Tensor } from "../graph/graph.ts";
import { ANY } from "../setup.ts";

export type Compiled = {
  g: Graph;
  /** The number of rows that it was compiled for. */
  rows: number;
  /** The tensor of rows first. */
  inputs: Tensor[];
  picked: Tensor;
  output: Tensor;
};

/**
 * `a` and `b` are the same network, compiled for two numbers of rows: a size that differs between them depends linearly on the rows,
 * along the line through both. Sizes in constants are computed from the input; the picking of rows is left out.
 */
export function freed(a: Compiled, b: Compiled): { g: Graph; inputs: Tensor[]; output: Tensor } {
  const freeing = new Freeing(a, b);
  freeing.nodes(needed(a.g, [a.output]), needed(b.g, [b.output]), freeing.g);
  const inputs = a.inputs.map((tensor, i) => freeing.of(tensor, b.inputs[i]));
  return { g: freeing.g, inputs, output: freeing.of(a.output, b.output) };
}

/** value = base + each · rows, for every entry of a list. */
type Line = { base: number[]; each: number[] };

class Freeing {
  readonly g = new Graph();
  readonly #a: Compiled;
  readonly #b: Compiled;
  readonly #known = new Map<number, Tensor>();
  #count: Tensor | undefined;

  constructor(a: Compiled, b: Compiled) {
    this.#a = a;
    this.#b = b;
  }

  nodes(as: readonly Node[], bs: readonly Node[], into: Graph): void {
    if (as.length !== bs.length) throw new Error("the two graphs belong to different networks");
    as.forEach((node, i) => {
      this.#node(node, bs[i], into);
    });
  }

  /** The tensor of the new graph for `a`; `b` is its counterpart in the other graph. */
  of(a: Tensor, b: Tensor): Tensor {
    const known = this.#known.get(a.id);
    if (known) return known;
    const made = a.constant ? this.#constant(a, b) : this.g.input(this.#shape(a, b), a.dtype);
    this.#known.set(a.id, made);
    return made;
  }

  #shape(a: Tensor, b: Tensor): number[] {
    return a.shape.map((side, i) => (side === b.shape[i] ? side : ANY));
  }

  #node(a: Node, b: Node, into: Graph): void {
    if (a.op !== b.op || JSON.stringify(a.attributes) !== JSON.stringify(b.attributes))
      throw new Error(`${a.op} and ${b.op} are not the same`);
    if (a.inputs[1] === this.#a.picked) {
      this.#known.set(a.outputs[0].id, this.of(a.inputs[0]!, b.inputs[0]!));
      return;
    }
    const body = a.body && this.#body(a.body, b.body!);
    const inputs = a.inputs.map((tensor, i) => tensor && this.of(tensor, b.inputs[i]!));
    const outputs = a.outputs.map((tensor, i) => ({ shape: this.#shape(tensor, b.outputs[i]), dtype: tensor.dtype }));
    const made =
      a.op === "FusedMatMul"
        ? [product(into, inputs as Tensor[], a, outputs[0])]
        : into.addMany(a.op, inputs, outputs, { ...a.attributes }, body);
    a.outputs.forEach((tensor, i) => {
      this.#known.set(tensor.id, made[i]);
    });
  }

  #body(a: Body, b: Body): Body {
    const graph = new Graph(this.g);
    const inputs = a.inputs.map((tensor, i) => this.of(tensor, b.inputs[i]));
    this.nodes(needed(a.graph, a.outputs), needed(b.graph, b.outputs), graph);
    return { graph, inputs, outputs: a.outputs.map((tensor, i) => this.of(tensor, b.outputs[i])), states: a.states };
  }

  #constant(a: Tensor, b: Tensor): Tensor {
    const [own, other] = [a.constant!, b.constant!];
    if (own.length === other.length && own.every((value, i) => Object.is(value, other[i])))
      return this.g.constant(own, a.shape, a.dtype);
    if (a.dtype === "int64" && own.length === other.length)
      return this.#sizes(Array.from(own, Number), Array.from(other, Number));
    // One number repeated, as many times as the number of rows requires.
    if (!own.every((value) => value === own[0])) throw new Error("a constant depends on the number of rows");
    const one = this.g.constant(own.slice(0, 1), [], a.dtype);
    return this.g.add("Expand", [one, this.#sizes(a.shape, b.shape)], { shape: this.#shape(a, b), dtype: a.dtype });
  }

  #sizes(a: readonly number[], b: readonly number[]): Tensor {
    const { base, each } = line(a, b, this.#a.rows, this.#b.rows);
    const shape = [a.length];
    const scaled = this.g.add("Mul", [this.#rows(), this.g.ints(each)], { shape, dtype: "int64" });
    return this.g.add("Add", [scaled, this.g.ints(base)], { shape, dtype: "int64" });
  }

  /** The number of rows of the input, [1]. */
  #rows(): Tensor {
    this.#count ??= this.g.add(
      "Shape",
      [this.of(this.#a.inputs[0], this.#b.inputs[0])],
      { shape: [1], dtype: "int64" },
      { start: 0, end: 1 },
    );
    return this.#count;
  }
}

function line(a: readonly number[], b: readonly number[], rowsA: number, rowsB: number): Line {
  const each = a.map((size, i) => (b[i] - size) / (rowsB - rowsA));
  if (!each.every(Number.isInteger)) throw new Error("a size does not grow with the rows in a straight line");
  return { base: a.map((size, i) => size - each[i] * rowsA), each };
}

type Shaped = { shape: readonly number[]; dtype?: DType };

/** The runtime's own product of transposed matrices, in ONNX's operations. */
function product(g: Graph, [a, b]: readonly Tensor[], { attributes }: Node, output: Shaped): Tensor {
  const turned = (tensor: Tensor, name: string): Tensor => {
    if (attributes[name] !== 1) return tensor;
    const rank = tensor.shape.length;
    const perm = tensor.shape.map((_, i) => (i === rank - 2 ? rank - 1 : i === rank - 1 ? rank - 2 : i));
    return g.add("Transpose", [tensor], { shape: perm.map((axis) => tensor.shape[axis]) }, { perm });
  };
  return g.add("MatMul", [turned(a, "transA"), turned(b, "transB")], output);
}
