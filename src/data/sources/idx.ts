/** IDX (the format of MNIST): bytes → numbers with a shape. */
import { UserError } from "../../user-error.ts";
import { sharedFloats } from "../dataset.ts";
import type { Tensor } from "../source.ts";

/** For each type code, the bytes per value and how to read one (big endian). */
const TYPES: Record<number, { size: number; read: (view: DataView, at: number) => number }> = {
  8: { size: 1, read: (view, at) => view.getUint8(at) },
  9: { size: 1, read: (view, at) => view.getInt8(at) },
  11: { size: 2, read: (view, at) => view.getInt16(at) },
  12: { size: 4, read: (view, at) => view.getInt32(at) },
  13: { size: 4, read: (view, at) => view.getFloat32(at) },
  14: { size: 8, read: (view, at) => view.getFloat64(at) },
};

export function parseIdx(bytes: Uint8Array, file: string): Tensor {
  const type = TYPES[bytes[2]];
  const dimensions = bytes[3];
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || !type || dimensions === 0)
    throw new UserError("this is not an IDX file.", 'Give two IDX files: { "images": …, "labels": … }.', file);
  const head = 4 + 4 * dimensions;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = bytes.length < head ? [] : Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const length = shape.reduce((a, b) => a * b, 1);
  const expected = head + length * type.size;
  if (shape.length === 0 || bytes.length !== expected)
    throw new UserError(
      `the file has ${bytes.length} bytes, but its header (${shape.join(" × ") || "cut off"}) requires ${expected}.`,
      "The file is damaged or cut off: download it again.",
      file,
    );
  if (length === 0) throw new UserError("the file has no rows.", "Download it again.", file);
  const values = sharedFloats(length);
  if (bytes[2] === 8) values.set(bytes.subarray(head));
  else for (let i = 0; i < length; i++) values[i] = type.read(view, head + i * type.size);
  return { shape, values };
}
