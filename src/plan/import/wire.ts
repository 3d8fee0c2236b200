/** Reads the protobuf wire format: the fields of a message, one after the other, inside its bounds. */

import { UserError } from "../../user-error.ts";

/** `number` of a varint or a fixed field, `bytes` of all else. */
export type Field = { field: number; number: number; bytes: Uint8Array };

const NONE = new Uint8Array();
const text = new TextDecoder();

export const malformed = (): UserError =>
  new UserError("this is not an ONNX model, or it is damaged or cut off.", "Export it again with torch.onnx.export.");

/** Whole numbers beyond 2⁵³ lose digits: none that is read here is as large. */
function varint(bytes: Uint8Array, from: number): [value: number, next: number] {
  let value = 0n;
  for (let at = from; at < from + 10; at++) {
    const byte = bytes[at];
    if (byte === undefined) break;
    value |= BigInt(byte & 127) << BigInt(7 * (at - from));
    if (byte < 128) return [Number(BigInt.asIntN(64, value)), at + 1];
  }
  throw malformed();
}

export function* fields(bytes: Uint8Array): Generator<Field> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at < bytes.length) {
    const [key, start] = varint(bytes, at);
    const field = Math.floor(key / 8);
    let [number, next] = [0, start];
    let own: Uint8Array = NONE;
    switch (key & 7) {
      case 0:
        [number, next] = varint(bytes, start);
        break;
      case 1:
        next = start + 8;
        if (next <= bytes.length) number = view.getFloat64(start, true);
        break;
      case 2: {
        const [length, body] = varint(bytes, start);
        next = body + length;
        if (length >= 0 && next <= bytes.length) own = bytes.subarray(body, next);
        break;
      }
      case 5:
        next = start + 4;
        if (next <= bytes.length) number = view.getFloat32(start, true);
        break;
      default:
        throw malformed();
    }
    if (field <= 0 || next < start || next > bytes.length) throw malformed();
    yield { field, number, bytes: own };
    at = next;
  }
}

export const string = (bytes: Uint8Array): string => text.decode(bytes);

/** Whole numbers of a repeated field, one a field or packed. */
export function integers({ number, bytes }: Field): number[] {
  if (bytes.length === 0) return [number];
  const list: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [value, next] = varint(bytes, at);
    list.push(value);
    at = next;
  }
  return list;
}

/** Floats of a repeated field, one a field or packed. */
export function floats({ number, bytes }: Field): number[] {
  if (bytes.length === 0) return [number];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => view.getFloat32(4 * i, true));
}
