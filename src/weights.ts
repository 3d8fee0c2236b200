/** Weights by name, in Keras' layouts, and the file format that keeps them: safetensors. */

import { UserError } from "./user-error.ts";

/** Row-major; a dense kernel is [inputs, units], that of a convolution [height, width, channels, filters]. */
export type NamedWeights = Record<string, { shape: readonly number[]; values: Float32Array }>;

const HEAD_BYTES = 8;
// The format's own limit for its header.
const LONGEST_HEAD = 100e6;
const METADATA = "__metadata__";

type Entry = { dtype: string; shape: number[]; data_offsets: [number, number] };

const lies = (what: string): UserError =>
  new UserError(`the safetensors file is damaged: ${what}.`, "Save it again, or name another file.");

/** @throws UserError where the header or an offset is not what the format allows. */
export function readSafetensors(bytes: Uint8Array): NamedWeights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < HEAD_BYTES ? Number.NaN : Number(view.getBigUint64(0, true));
  if (!(length <= LONGEST_HEAD && HEAD_BYTES + length <= bytes.length))
    throw lies("its header does not fit in the file");
  const entries = headOf(bytes.subarray(HEAD_BYTES, HEAD_BYTES + length));
  const body = bytes.subarray(HEAD_BYTES + length);
  const weights: NamedWeights = {};
  // The format has no holes and no overlaps, so the tensors follow each other.
  let at = 0;
  for (const [name, entry] of entries.toSorted(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0])) {
    const [from, to] = entry.data_offsets;
    if (from !== at || to < from || to > body.length) throw lies(`the offsets of ${name} are wrong`);
    at = to;
    const values = decoded(name, entry, body.subarray(from, to));
    if (values) Object.defineProperty(weights, name, { value: { shape: entry.shape, values }, enumerable: true });
  }
  if (at !== body.length) throw lies("it has bytes that belong to no tensor");
  return weights;
}

function headOf(bytes: Uint8Array): [string, Entry][] {
  let head: unknown;
  try {
    head = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw lies("its header is not JSON");
  }
  if (typeof head !== "object" || head === null || Array.isArray(head)) throw lies("its header is not an object");
  return Object.entries(head).flatMap(([name, entry]): [string, Entry][] => {
    if (name === METADATA) return [];
    if (!isEntry(entry)) throw lies(`the entry of ${name} is incomplete`);
    return [[name, entry]];
  });
}

const isSize = (n: unknown): n is number => Number.isSafeInteger(n) && (n as number) >= 0;

function isEntry(value: unknown): value is Entry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof dtype === "string" &&
    Array.isArray(shape) &&
    shape.every(isSize) &&
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(isSize)
  );
}

type Reader = { size: number; read(view: DataView, at: number): number };
const READERS: Record<string, Reader> = {
  F64: { size: 8, read: (view, at) => view.getFloat64(at, true) },
  F32: { size: 4, read: (view, at) => view.getFloat32(at, true) },
  F16: { size: 2, read: (view, at) => half(view.getUint16(at, true)) },
  BF16: { size: 2, read: (view, at) => fromBits(view.getUint16(at, true) << 16) },
};

/** The numbers of a tensor; undefined: they are whole numbers or of a kind that no weight is. */
function decoded(name: string, { dtype, shape }: Entry, bytes: Uint8Array): Float32Array | undefined {
  if (!Object.hasOwn(READERS, dtype)) return undefined;
  const { size, read } = READERS[dtype];
  const count = shape.reduce((n, side) => n * side, 1);
  if (bytes.length !== count * size) throw lies(`${name} does not have as many bytes as its shape [${shape}] needs`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: count }, (_, i) => read(view, i * size));
}

const fromBits = (bits: number): number => new Float32Array(Int32Array.of(bits).buffer)[0];

/** IEEE 754 binary16. */
function half(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Single precision, little-endian; the header is filled up to a multiple of 8 bytes, as the format's own writer does. */
export function writeSafetensors(weights: NamedWeights, metadata: Record<string, string> = {}): Uint8Array {
  const head: Record<string, unknown> = Object.keys(metadata).length > 0 ? { [METADATA]: metadata } : {};
  let at = 0;
  for (const [name, { shape, values }] of Object.entries(weights)) {
    head[name] = { dtype: "F32", shape, data_offsets: [at, at + 4 * values.length] };
    at += 4 * values.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(head));
  const length = HEAD_BYTES * Math.ceil(text.length / HEAD_BYTES);
  const bytes = new Uint8Array(HEAD_BYTES + length + at).fill(32, HEAD_BYTES, HEAD_BYTES + length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(length), true);
  bytes.set(text, HEAD_BYTES);
  let to = HEAD_BYTES + length;
  for (const { values } of Object.values(weights))
    for (const value of values) {
      view.setFloat32(to, value, true);
      to += 4;
    }
  return bytes;
}

/** The numbers of a row-major array with its axes in another order: those of the result are `perm` of the given ones. */
export function permuted(values: ArrayLike<number>, shape: readonly number[], perm: readonly number[]): Float32Array {
  const out = new Float32Array(values.length);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((n, side) => n * side, 1));
  const sides = perm.map((axis) => shape[axis]);
  const steps = perm.map((axis) => strides[axis]);
  const at = sides.map(() => 0);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = values[from];
    for (let axis = sides.length - 1; axis >= 0; axis--) {
      from += steps[axis];
      if (++at[axis] < sides[axis]) break;
      from -= steps[axis] * sides[axis];
      at[axis] = 0;
    }
  }
  return out;
}
