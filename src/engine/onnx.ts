/** Writes a graph as the bytes of an ONNX model (protobuf wire format), one step or many steps under Scan. */
import type { Attribute, Body, DType, Graph, Node, Tensor, Values } from "./graph/graph.ts";
import { needed } from "./graph/graph.ts";

// TensorProto.DataType and the versions of onnx.proto; opset 20 brought Gelu, opset 18 the bitwise operations.
const TYPE: Record<DType, number> = { float32: 1, int32: 6, int64: 7, bool: 9, uint32: 12 };
const IR_VERSION = 10;
const OPSET = 20;
// For models that other programs read: the version that came with that opset, which more of them support.
const PUBLISHED_IR_VERSION = 9;
// The runtime's own operations: a batched matrix product with transposed sides.
const CONTRIBUTED = "com.microsoft";
const contributed = new Set(["FusedMatMul"]);

type Bytes = Uint8Array;
const text = new TextEncoder();

function varint(value: number): Bytes {
  const out: number[] = [];
  let n = BigInt.asUintN(64, BigInt(value));
  for (; n > 127n; n >>= 7n) out.push(Number(n & 127n) | 128);
  out.push(Number(n));
  return Uint8Array.from(out);
}

function join(parts: readonly Bytes[]): Bytes {
  const out = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const integer = (field: number, value: number) => join([varint(field << 3), varint(value)]);
const float = (field: number, value: number) =>
  join([varint((field << 3) | 5), new Uint8Array(Float32Array.of(value).buffer)]);
function bytes(field: number, value: Bytes | string): Bytes {
  const body = typeof value === "string" ? text.encode(value) : value;
  return join([varint((field << 3) | 2), varint(body.length), body]);
}

function attributeProto(name: string, value: Attribute | { graph: Bytes }): Bytes {
  const head = bytes(1, name);
  if (typeof value === "number") return join([head, integer(3, value), integer(20, 2)]);
  if (typeof value === "string") return join([head, bytes(4, value), integer(20, 3)]);
  if (Array.isArray(value)) return join([head, ...value.map((n) => integer(8, n)), integer(20, 7)]);
  if ("graph" in value) return join([head, bytes(6, value.graph), integer(20, 5)]);
  return join([head, float(2, value.float), integer(20, 1)]);
}

function nodeProto(
  op: string,
  inputs: string[],
  outputs: string[],
  attributes: Record<string, Attribute | { graph: Bytes }>,
): Bytes {
  return join([
    ...inputs.map((name) => bytes(1, name)),
    ...outputs.map((name) => bytes(2, name)),
    bytes(4, op),
    ...Object.entries(attributes).map(([name, value]) => bytes(5, attributeProto(name, value))),
    ...(contributed.has(op) ? [bytes(7, CONTRIBUTED)] : []),
  ]);
}

function valueInfo(name: string, dtype: DType, shape: readonly (number | string)[]): Bytes {
  const dims = join(shape.map((n) => bytes(1, typeof n === "string" ? bytes(2, n) : integer(1, n))));
  return join([bytes(1, name), bytes(2, bytes(1, join([integer(1, TYPE[dtype]), bytes(2, dims)])))]);
}

/** The name of a tensor in the model: the given one, or a number. */
type Names = ReadonlyMap<number, string>;
const nameIn = (names: Names, tensor: Tensor) => names.get(tensor.id) ?? `t${tensor.id}`;

function constantProto(tensor: Tensor, names: Names): Bytes {
  const { buffer, byteOffset, byteLength } = tensor.constant!;
  const raw = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  return join([
    ...tensor.shape.map((n) => integer(1, n)),
    integer(2, TYPE[tensor.dtype]),
    bytes(8, nameIn(names, tensor)),
    bytes(9, raw),
  ]);
}

function constantsOf(nodes: readonly Node[], outputs: readonly Tensor[]): Tensor[] {
  const found = new Map<number, Tensor>();
  for (const tensor of [...nodes.flatMap((node) => node.inputs), ...outputs])
    if (tensor?.constant) found.set(tensor.id, tensor);
  return [...found.values()];
}

// The second output, the positions of the maxima, costs more than the maxima: it is left out where it is not needed.
const sparing = new Set(["MaxPool"]);

function nodeProtos(nodes: readonly Node[], results: readonly Tensor[], names: Names): Bytes[] {
  const used = new Set([...nodes.flatMap((node) => node.inputs), ...results].map((tensor) => tensor?.id));
  return nodes.map((node) => {
    const inputs = node.inputs.map((input) => (input ? nameIn(names, input) : ""));
    const outputs = node.outputs.filter(({ id }) => used.has(id) || !sparing.has(node.op));
    const results = outputs.map((output) => nameIn(names, output));
    if (!node.body) return nodeProto(node.op, inputs, results, node.attributes);
    // What the body reads of the graph around it, it finds by name.
    const handed = inputs.slice(0, node.body.inputs.length);
    return nodeProto(node.op, handed, results, { ...node.attributes, body: { graph: bodyProto(node.body, names) } });
  });
}

function bodyProto({ graph, inputs, outputs }: Body, around: Names): Bytes {
  const nodes = needed(graph, outputs);
  const names = new Map(around);
  // The names are unique to this body: a name that also exists in the graph around it would hide that tensor.
  const left = outputs.map((_, i) => `leave${i}of${graph.nodes[0].outputs[0].id}`);
  const leave = leaving(outputs, left, names);
  return graphProto(
    [...nodeProtos(nodes, outputs, names), ...leave],
    constantsOf(nodes, outputs).map((constant) => constantProto(constant, names)),
    inputs.map((tensor) => info(nameIn(names, tensor), tensor)),
    outputs.map((tensor, i) => info(left[i], tensor)),
  );
}

function graphProto(
  nodes: readonly Bytes[],
  constants: readonly Bytes[],
  inputs: readonly Bytes[],
  outputs: readonly Bytes[],
): Bytes {
  return join([
    ...nodes.map((node) => bytes(1, node)),
    bytes(2, "unstuck"),
    ...constants.map((constant) => bytes(5, constant)),
    ...inputs.map((input) => bytes(11, input)),
    ...outputs.map((output) => bytes(12, output)),
  ]);
}

const modelProto = (graph: Bytes): Bytes =>
  join([
    integer(1, IR_VERSION),
    bytes(7, graph),
    bytes(8, join([bytes(1, ""), integer(2, OPSET)])),
    bytes(8, join([bytes(1, CONTRIBUTED), integer(2, 1)])),
  ]);

// A size that only the data determine is a symbolic dimension with the name of what it counts.
const info = (name: string, tensor: Tensor) =>
  valueInfo(
    name,
    tensor.dtype,
    tensor.shape.map((side) => (side < 0 ? "rows" : side)),
  );
const infos = (tensors: Record<string, Tensor>) => Object.entries(tensors).map(([name, tensor]) => info(name, tensor));
const named = (tensors: Record<string, Tensor>): [number, string][] =>
  Object.entries(tensors).map(([name, { id }]) => [id, name]);

/**
 * Gives results the names under which they leave the graph. A result that no node computes, or that leaves twice, needs an Identity node;
 * these nodes are returned. (One for every result would copy the whole state in every step.)
 */
function leaving(results: readonly Tensor[], as: readonly string[], names: Map<number, string>): Bytes[] {
  return results.flatMap((tensor, i) => {
    if (tensor.node && !names.has(tensor.id)) {
      names.set(tensor.id, as[i]);
      return [];
    }
    return [nodeProto("Identity", [nameIn(names, tensor)], [as[i]], {})];
  });
}

/** A model that computes `outputs` once, with the names of its inputs and outputs as given here. */
export function onnxOnce(g: Graph, inputs: Record<string, Tensor>, outputs: Record<string, Tensor>): Bytes {
  const nodes = needed(g, Object.values(outputs));
  const names = new Map(named(inputs));
  return modelProto(onceProto(nodes, inputs, outputs, names));
}

function onceProto(
  nodes: readonly Node[],
  inputs: Record<string, Tensor>,
  outputs: Record<string, Tensor>,
  names: Map<number, string>,
): Bytes {
  const results = Object.values(outputs);
  const leave = leaving(results, Object.keys(outputs), names);
  return graphProto(
    [...nodeProtos(nodes, results, names), ...leave],
    constantsOf(nodes, results).map((constant) => constantProto(constant, names)),
    infos(inputs),
    infos(outputs),
  );
}

/** A model for other programs, of standard ONNX operations only; `constantNames`: the names of constants, by their values. */
export function onnxModel(
  g: Graph,
  inputs: Record<string, Tensor>,
  outputs: Record<string, Tensor>,
  constantNames: ReadonlyMap<Values, string>,
  metadata: Record<string, string>,
): Bytes {
  const nodes = needed(g, Object.values(outputs));
  const constants = constantsOf(nodes, []).flatMap(({ id, constant }): [number, string][] => {
    const name = constantNames.get(constant!);
    return name === undefined ? [] : [[id, name]];
  });
  const names = new Map([...named(inputs), ...constants]);
  return join([
    integer(1, PUBLISHED_IR_VERSION),
    bytes(2, "unstuck"),
    bytes(7, onceProto(nodes, inputs, outputs, names)),
    bytes(8, join([bytes(1, ""), integer(2, OPSET)])),
    ...Object.entries(metadata).map(([name, value]) => bytes(14, join([bytes(1, name), bytes(2, value)]))),
  ]);
}

export type Step = {
  /** The same in every step: read in place, never copied. */
  fixed: Record<string, Tensor>;
  /** Passed from step to step: the tensor that enters a step, and its new value. */
  state: Record<string, { before: Tensor; after: Tensor }>;
  /** One slice per step. */
  each: Record<string, Tensor>;
  /** One value per step, stacked over the steps. */
  out: Record<string, Tensor>;
};

/**
 * A model that runs as many steps as its `each` inputs have slices. Inputs: fixed, state and each (with a leading axis of steps) by name;
 * outputs: state and out by name.
 */
export function onnxScan(g: Graph, step: Step): Bytes {
  const states = Object.entries(step.state);
  const before = Object.fromEntries(states.map(([name, state]) => [`in.${name}`, state.before]));
  const after = Object.fromEntries(states.map(([name, state]) => [name, state.after]));
  const results = [...Object.values(after), ...Object.values(step.out)];
  const nodes = needed(g, results);
  const names = new Map(named(step.fixed));
  const left = results.map((_, i) => `leave${i}`);
  const leave = leaving(results, left, names);
  const inner = (tensor: Tensor) => info(nameIn(names, tensor), tensor);
  const body = graphProto(
    [...nodeProtos(nodes, results, names), ...leave],
    constantsOf(nodes, results).map((constant) => constantProto(constant, names)),
    [...Object.values(before), ...Object.values(step.each)].map(inner),
    results.map((tensor, i) => info(left[i], tensor)),
  );
  const scan = nodeProto(
    "Scan",
    [...Object.keys(before), ...Object.keys(step.each)],
    [...Object.keys(after), ...Object.keys(step.out)],
    { body: { graph: body }, num_scan_inputs: Object.keys(step.each).length },
  );
  const stacked = (tensors: Record<string, Tensor>) =>
    Object.entries(tensors).map(([name, tensor]) => valueInfo(name, tensor.dtype, ["steps", ...tensor.shape]));
  const inputs = [...infos(step.fixed), ...infos(before), ...stacked(step.each)];
  return modelProto(graphProto([scan], [], inputs, [...infos(after), ...stacked(step.out)]));
}
