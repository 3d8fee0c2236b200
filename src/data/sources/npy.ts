/** .npy (NumPy's own format): bytes → numbers with a shape. Nothing is unpickled: arrays of objects are refused. */
import { value } from "../../text.ts";
import { UserError } from "../../user-error.ts";
import { sharedFloats } from "../dataset.ts";

export type NpyArray = {
  /** [] for a single number. */
  shape: number[];
  /** In C order. Float64Array, so that labels and counts keep their precision; text arrays have texts instead. */
  values: Float32Array | Float64Array;
  texts: string[] | null;
};

type Read = (view: DataView, at: number, little: boolean) => number;

/** For each kind and width in bytes, how one value is read. */
const READERS: Record<string, Read> = {
  b1: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
  i1: (view, at) => view.getInt8(at),
  u1: (view, at) => view.getUint8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  u2: (view, at, little) => view.getUint16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  f2: (view, at, little) => half(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
};

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
// NumPy too refuses longer headers by default.
const LONGEST_HEADER = 10_000;
const MOST_DIMENSIONS = 32;

/** IEEE 754 binary16. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
}

const damaged = (fact: string, file: string): UserError => new UserError(fact, "Save it again with numpy.save.", file);

type Header = { little: boolean; kind: string; width: number; fortran: boolean; shape: number[]; start: number };

export function parseNpy(bytes: Uint8Array, file: string): NpyArray {
  const { little, kind, width, fortran, shape, start } = headerOf(bytes, file);
  const count = shape.reduce((a, b) => a * b, 1);
  const expected = start + count * width;
  if (bytes.length !== expected)
    throw damaged(
      `the file has ${bytes.length} bytes, but its header (${shape.join(" × ") || "one number"}) requires ${expected}.`,
      file,
    );
  const order = fortran && shape.length > 1 ? fortranOrder(shape) : null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (kind === "U" || kind === "S") {
    const texts = Array.from({ length: count }, (_, i) =>
      textAt(view, start + (order ? order(i) : i) * width, kind, width, little),
    );
    return { shape, values: new Float64Array(count).fill(Number.NaN), texts };
  }
  const read = READERS[`${kind}${width}`];
  const narrow = kind === "f" ? width <= 4 : width <= 2;
  const values = narrow ? sharedFloats(count) : new Float64Array(count);
  if (!order && kind === "u" && width === 1) values.set(bytes.subarray(start));
  else for (let i = 0; i < count; i++) values[i] = read(view, start + (order ? order(i) : i) * width, little);
  return { shape, values, texts: null };
}

function headerOf(bytes: Uint8Array, file: string): Header {
  const [major, view] = [bytes[6], new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)];
  if (bytes.length < 12 || MAGIC.some((byte, i) => bytes[i] !== byte)) throw damaged("this is not a .npy file.", file);
  if (major < 1 || major > 3) throw damaged(`version ${major} of the .npy format is not supported.`, file);
  const wide = major > 1;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = (wide ? 12 : 10) + length;
  if (length > LONGEST_HEADER || start > bytes.length) throw damaged("its header is cut off or too long.", file);
  const text = new TextDecoder().decode(bytes.slice(wide ? 12 : 10, start));
  const described = /'descr':\s*(?:'([^']*)'|(\[))/.exec(text);
  const [, order] = /'fortran_order':\s*(True|False)/.exec(text) ?? [];
  const [, sizes] = /'shape':\s*\(([\d,\sL]*)\)/.exec(text) ?? [];
  if (!described || order === undefined || sizes === undefined) throw damaged("its header cannot be understood.", file);
  const [, end, kind, width] = /^([<>|=])([a-zA-Z])(\d*)$/.exec(described[1] ?? "") ?? [];
  const shape = sizes
    .split(",")
    .map((size) => size.trim().replace("L", ""))
    .filter((size) => size !== "")
    .map(Number);
  if (described[2] || kind === "V")
    throw new UserError(
      "a structured array is not supported.",
      "Save each of its fields as an array of numbers.",
      file,
    );
  if (kind === "O")
    throw new UserError(
      "an array of objects is a pickle, which can run any program and is therefore never opened.",
      "Save it as an array of numbers or text: numpy.save(file, array.astype(float)).",
      file,
    );
  const readable = ((kind === "U" || kind === "S") && Number(width) > 0) || READERS[`${kind}${width}`];
  if (!readable)
    throw new UserError(
      `the type ${value(described[1] ?? "")} is not supported.`,
      "Save the array with .astype(float).",
      file,
    );
  const count = shape.reduce((a, b) => a * b, 1);
  if (shape.length > MOST_DIMENSIONS || !Number.isSafeInteger(count)) throw damaged("its shape is too large.", file);
  return {
    little: end !== ">",
    kind,
    width: kind === "U" ? 4 * Number(width) : Number(width),
    fortran: order === "True",
    shape,
    start,
  };
}

/** The index in Fortran order (first index fastest) of an element in C order. */
function fortranOrder(shape: number[]): (i: number) => number {
  const strides = shape.map((_, d) => shape.slice(0, d).reduce((a, b) => a * b, 1));
  return (i) => {
    let [rest, at] = [i, 0];
    for (let d = shape.length - 1; d >= 0; d--) {
      at += (rest % shape[d]) * strides[d];
      rest = Math.floor(rest / shape[d]);
    }
    return at;
  };
}

/** A string of fixed width, padded with zeros: code points of four bytes (U) or single bytes (S). */
function textAt(view: DataView, at: number, kind: string, width: number, little: boolean): string {
  const step = kind === "U" ? 4 : 1;
  const code = (i: number): number => (kind === "U" ? view.getUint32(i, little) : view.getUint8(i));
  let end = at + width;
  while (end > at && code(end - step) === 0) end -= step;
  let text = "";
  for (let i = at; i < end; i += step) text += String.fromCodePoint(code(i) <= 0x10ffff ? code(i) : 0xfffd);
  return text;
}
