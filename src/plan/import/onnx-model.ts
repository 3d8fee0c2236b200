/** The parts of an ONNX model that are read: its nodes, constants, inputs and outputs. */

import { append } from "../../lists.ts";
import { refuseMany } from "./model.ts";
import { type Field, fields, floats, integers, malformed, string } from "./wire.ts";

/** A constant, not decoded before it is asked for. */
export type OnnxTensor = {
  name: string;
  dims: number[];
  type: number;
  raw: Uint8Array;
  /** Of those that are not written raw. */
  listed: number[];
  /** In a file of its own beside the model: location, offset and length. */
  external: Record<string, string> | null;
};
type Attribute = number | number[] | string | OnnxTensor;
export type OnnxNode = {
  name: string;
  op: string;
  domain: string;
  inputs: string[];
  outputs: string[];
  attributes: Record<string, Attribute>;
};
export type OnnxModel = {
  producer: string;
  nodes: OnnxNode[];
  constants: Map<string, OnnxTensor>;
  /** The data alone: constants that are listed as inputs are left out. A dimension without a number is null. */
  inputs: { name: string; shape: (number | null)[] }[];
  outputs: string[];
};

// The arithmetic of shapes around a recurrent layer takes some 30.
const NODES_PER_LAYER = 10;

// TensorProto.DataType and the bytes of one value.
const FLOAT = 1;
const INT64 = 7;
const DOUBLE = 11;
const SIZES: Record<number, number> = { [FLOAT]: 4, 6: 4, [INT64]: 8, [DOUBLE]: 8 };
// A tensor of so many numbers is a lie, or larger than what can be trained here.
const MOST = 2 ** 29;

// Attributes hold axes, sides and the shapes of constants.
const MOST_LISTED = 10_000;

export function readOnnx(bytes: Uint8Array): OnnxModel {
  let producer = "";
  let graph: Uint8Array | undefined;
  for (const { field, bytes: own } of fields(bytes)) {
    if (field === 2) producer = string(own);
    if (field === 7) graph = own;
  }
  if (!graph) throw malformed();
  return { producer, ...graphOf(graph) };
}

function graphOf(bytes: Uint8Array): Omit<OnnxModel, "producer"> {
  const nodes: OnnxNode[] = [];
  const constants = new Map<string, OnnxTensor>();
  const inputs: OnnxModel["inputs"] = [];
  const outputs: string[] = [];
  for (const { field, bytes: own } of fields(bytes)) {
    if (field === 1) nodes.push(nodeOf(own));
    refuseMany(nodes.length, NODES_PER_LAYER);
    if (field === 5) {
      const tensor = tensorOf(own);
      constants.set(tensor.name, tensor);
    }
    if (field === 11) inputs.push(typedOf(own));
    if (field === 12) outputs.push(typedOf(own).name);
  }
  return { nodes, constants, inputs: inputs.filter(({ name }) => !constants.has(name)), outputs };
}

function nodeOf(bytes: Uint8Array): OnnxNode {
  const node: OnnxNode = { name: "", op: "", domain: "", inputs: [], outputs: [], attributes: Object.create(null) };
  for (const { field, bytes: own } of fields(bytes)) {
    if (field === 1) node.inputs.push(string(own));
    if (field === 2) node.outputs.push(string(own));
    if (field === 3) node.name = string(own);
    if (field === 4) node.op = string(own);
    if (field === 5) Object.assign(node.attributes, attributeOf(own));
    if (field === 7) node.domain = string(own);
  }
  return node;
}

function attributeOf(bytes: Uint8Array): Record<string, Attribute> {
  let name = "";
  let value: Attribute | undefined;
  const list: number[] = [];
  for (const one of fields(bytes)) {
    if (one.field === 1) name = string(one.bytes);
    if (one.field === 2 || one.field === 3) value = one.number;
    if (one.field === 4) value = string(one.bytes);
    if (one.field === 5) value = tensorOf(one.bytes);
    if (one.field === 7) append(list, floats(one));
    if (one.field === 8) append(list, integers(one));
    if (list.length > MOST_LISTED) throw malformed();
    // A list of strings, of which only the activations of a recurrent layer matter.
    if (one.field === 9) value = typeof value === "string" ? `${value},${string(one.bytes)}` : string(one.bytes);
  }
  return { [name]: value ?? list };
}

function tensorOf(bytes: Uint8Array): OnnxTensor {
  const tensor: OnnxTensor = { name: "", dims: [], type: 0, raw: new Uint8Array(), listed: [], external: null };
  const add = (values: number[]) => {
    for (const value of values) tensor.listed.push(value);
  };
  for (const one of fields(bytes)) {
    if (one.field === 1) append(tensor.dims, integers(one));
    if (one.field === 2) tensor.type = one.number;
    if (one.field === 4) add(floats(one));
    if (one.field === 5 || one.field === 7) add(integers(one));
    if (one.field === 8) tensor.name = string(one.bytes);
    if (one.field === 9) tensor.raw = one.bytes;
    if (one.field === 10) add(doubles(one));
    if (one.field === 13) tensor.external = { ...tensor.external, ...pairOf(one.bytes) };
  }
  const size = tensor.dims.reduce((n, dim) => n * dim, 1);
  if (tensor.dims.length > 8 || tensor.dims.some((dim) => dim < 0) || size > MOST) throw malformed();
  return tensor;
}

function doubles({ number, bytes }: Field): number[] {
  if (bytes.length === 0) return [number];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, i) => view.getFloat64(8 * i, true));
}

function pairOf(bytes: Uint8Array): Record<string, string> {
  let [key, value] = ["", ""];
  for (const { field, bytes: own } of fields(bytes)) {
    if (field === 1) key = string(own);
    if (field === 2) value = string(own);
  }
  return { [key]: value };
}

function typedOf(bytes: Uint8Array): { name: string; shape: (number | null)[] } {
  let name = "";
  const shape: (number | null)[] = [];
  for (const one of fields(bytes)) {
    if (one.field === 1) name = string(one.bytes);
    if (one.field !== 2) continue;
    for (const type of fields(one.bytes))
      for (const part of type.field === 1 ? fields(type.bytes) : [])
        for (const dim of part.field === 2 ? fields(part.bytes) : [])
          if (dim.field === 1) shape.push(sizeOf(dim.bytes));
  }
  return { name, shape };
}

function sizeOf(bytes: Uint8Array): number | null {
  for (const { field, number } of fields(bytes)) if (field === 1 && number > 0) return number;
  return null;
}

/** A number that a node is given, or else what ONNX takes. */
export const numberIn = ({ attributes }: OnnxNode, name: string, otherwise: number): number => {
  const value = attributes[name];
  return typeof value === "number" ? value : otherwise;
};

/** How many numbers its dimensions promise. */
export const countOf = ({ dims }: OnnxTensor): number => dims.reduce((n, dim) => n * dim, 1);

/** The numbers of a constant, `bytes` being those that are kept in a file of their own; refuses one that holds others than it promises. */
export function valuesOf(tensor: OnnxTensor, bytes = tensor.raw): number[] | Float32Array {
  const count = countOf(tensor);
  if (bytes.length === 0 && tensor.listed.length === count) return tensor.listed;
  const size = SIZES[tensor.type];
  if (!size || bytes.length !== count * size) throw malformed();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (tensor.type === FLOAT) return Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, true));
  const read: Record<number, (at: number) => number> = {
    6: (at) => view.getInt32(at, true),
    [INT64]: (at) => Number(view.getBigInt64(at, true)),
    [DOUBLE]: (at) => view.getFloat64(at, true),
  };
  return Array.from({ length: count }, (_, i) => read[tensor.type](size * i));
}
