/** The training graph: tensors and the operations between them, named and typed as in ONNX. */

export type DType = "float32" | "int32" | "int64" | "uint32" | "bool";
export type Values = Float32Array | Int32Array | BigInt64Array | Uint32Array | Uint8Array;
export type Attribute = number | { float: number } | number[] | string;

export type Tensor = {
  readonly id: number;
  readonly dtype: DType;
  /** Every dimension is known: graphs are compiled for one batch size. */
  readonly shape: readonly number[];
  /** The node that computes it; absent for inputs and constants. */
  readonly node?: Node;
  readonly constant?: Values;
};

export type Node = {
  readonly op: string;
  readonly inputs: readonly (Tensor | null)[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  outputs: Tensor[];
  /** The graph of one step, in a Scan. */
  readonly body?: Body;
  /** In the last of several nodes that are one operation: the inputs of that operation, and its gradient as a whole. */
  composed?: { inputs: readonly Tensor[]; gradient(dy: Tensor): (Tensor | null)[] };
};

/** A graph run once for each slice of some inputs (scan.ts). Tensors of the surrounding graph that it reads are further inputs of the node. */
export type Body = {
  graph: Graph;
  inputs: readonly Tensor[];
  outputs: readonly Tensor[];
  states: number;
  /** How gradients pass through it, as in Operation. */
  gradient?: (g: Graph, node: Node, dys: readonly (Tensor | null)[]) => (Tensor | null)[];
};

type Output = { shape: readonly number[]; dtype?: DType };

export class Graph {
  readonly nodes: Node[] = [];
  readonly #tensors: { count: number };
  #constants = new Map<string, Tensor>();

  /** @param around the graph in which this one is a body; ids of tensors are unique over both. */
  constructor(around?: Graph) {
    this.#tensors = around ? around.#tensors : { count: 0 };
  }

  input(shape: readonly number[], dtype: DType = "float32"): Tensor {
    return { id: this.#tensors.count++, dtype, shape };
  }

  constant(values: Values, shape: readonly number[], dtype: DType = "float32"): Tensor {
    return { id: this.#tensors.count++, dtype, shape, constant: values };
  }

  /** A float constant without dimensions, created once per value. */
  scalar(value: number): Tensor {
    return this.#once(`f${value}`, () => this.constant(Float32Array.of(value), []));
  }

  uint(value: number): Tensor {
    return this.#once(`u${value}`, () => this.constant(Uint32Array.of(value), [], "uint32"));
  }

  /** A list of int64, the type of axes, shapes and sizes in ONNX. */
  ints(values: readonly number[]): Tensor {
    return this.#once(`i${values}`, () => this.constant(BigInt64Array.from(values, BigInt), [values.length], "int64"));
  }

  add(
    op: string,
    inputs: readonly (Tensor | null)[],
    output: Output,
    attributes: Record<string, Attribute> = {},
  ): Tensor {
    return this.addMany(op, inputs, [output], attributes)[0];
  }

  addMany(
    op: string,
    inputs: readonly (Tensor | null)[],
    outputs: readonly Output[],
    attributes: Record<string, Attribute> = {},
    body?: Body,
  ): Tensor[] {
    const node: Node = { op, inputs, attributes, outputs: [], ...(body && { body }) };
    node.outputs = outputs.map(({ shape, dtype }) => ({
      id: this.#tensors.count++,
      dtype: dtype ?? inputs[0]?.dtype ?? "float32",
      shape,
      node,
    }));
    this.nodes.push(node);
    return node.outputs;
  }

  /** Declares the nodes from `inputs` to `output` as one operation with a gradient of its own, instead of that of each node. */
  composed(output: Tensor, inputs: readonly Tensor[], gradient: (dy: Tensor) => (Tensor | null)[]): Tensor {
    output.node!.composed = { inputs, gradient };
    return output;
  }

  #once(key: string, make: () => Tensor): Tensor {
    const known = this.#constants.get(key);
    if (known) return known;
    const made = make();
    this.#constants.set(key, made);
    return made;
  }
}

export const size = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** The shape of an elementwise operation of two tensors, by the rules of NumPy. */
export function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[i - rank + a.length] ?? 1;
    const y = b[i - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) throw new Error(`shapes [${a}] and [${b}] do not broadcast`);
    return Math.max(x, y);
  });
}

/** The nodes that `outputs` need, in the order of computation. */
export function needed(graph: Graph, outputs: readonly Tensor[]): Node[] {
  const wanted = new Set<Node>();
  const visit = [...outputs];
  for (let tensor = visit.pop(); tensor; tensor = visit.pop()) {
    if (!tensor.node || wanted.has(tensor.node)) continue;
    wanted.add(tensor.node);
    for (const input of tensor.node.inputs) if (input) visit.push(input);
  }
  return graph.nodes.filter((node) => wanted.has(node));
}
