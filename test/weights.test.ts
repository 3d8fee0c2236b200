/** safetensors: what is written is read again, other precisions are widened, and no offset is believed. */
import { describe, expect, it } from "vitest";
import { UserError } from "../src/user-error.ts";
import { readSafetensors, writeSafetensors } from "../src/weights.ts";

const text = new TextEncoder();

/** A file with this header, and a body of some bytes. */
function file(head: unknown, body: ArrayLike<number> = [], length?: bigint): Uint8Array {
  const json = text.encode(typeof head === "string" ? head : JSON.stringify(head));
  const bytes = new Uint8Array(8 + json.length + body.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(Uint8Array.from(body), 8 + json.length);
  return bytes;
}
const one = (more: object) => ({ a: { dtype: "F32", shape: [1], data_offsets: [0, 4], ...more } });

describe("safetensors", () => {
  it("gives back what was written, at an address that suits any reader", () => {
    const weights = {
      "a.kernel": { shape: [2, 3], values: Float32Array.of(1, -2, 3.5, Number.NaN, Number.NEGATIVE_INFINITY, 1e-40) },
      "a.bias": { shape: [3], values: Float32Array.of(0, -0, 1) },
      empty: { shape: [0], values: Float32Array.of() },
      __proto__x: { shape: [], values: Float32Array.of(7) },
    };
    const bytes = writeSafetensors(weights, { seed: "1" });
    expect(readSafetensors(bytes)).toEqual(weights);
    expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n);
  });

  it.each<[string, number[], number[]]>([
    ["F16", [0x00, 0x3c, 0x00, 0xc2, 0x01, 0x00, 0x00, 0x7c], [1, -3, 2 ** -24, Number.POSITIVE_INFINITY]],
    ["BF16", [0x80, 0x3f, 0x40, 0xc0], [1, -3]],
    ["F64", [0, 0, 0, 0, 0, 0, 0xe0, 0x3f], [0.5]],
  ])("%s", (dtype, body, values) => {
    const head = { a: { dtype, shape: [values.length], data_offsets: [0, body.length] } };
    expect(Array.from(readSafetensors(file(head, body))["a"].values)).toEqual(values);
  });

  it("leaves out what is no weight", () => {
    const head = { n: { dtype: "I32", shape: [1], data_offsets: [0, 4] }, __metadata__: { by: "me" } };
    expect(readSafetensors(file(head, [1, 0, 0, 0]))).toEqual({});
  });

  it.each<[string, Uint8Array]>([
    ["nothing", new Uint8Array()],
    ["a header longer than the file", file(one({}), [0, 0, 0, 0], 1n << 40n)],
    ["no JSON", file("{", [])],
    ["a list", file([], [])],
    ["no offsets", file({ a: { dtype: "F32", shape: [1] } }, [0, 0, 0, 0])],
    ["offsets beyond the end", file(one({ data_offsets: [0, 400] }), [0, 0, 0, 0])],
    ["offsets before the start", file(one({ data_offsets: [-4, 0] }), [0, 0, 0, 0])],
    ["offsets the wrong way round", file(one({ data_offsets: [4, 0] }), [0, 0, 0, 0])],
    ["a hole", file(one({ data_offsets: [4, 8] }), [0, 0, 0, 0, 0, 0, 0, 0])],
    ["bytes left over", file(one({}), [0, 0, 0, 0, 0])],
    ["a shape that needs more", file(one({ shape: [2 ** 40] }), [0, 0, 0, 0])],
    ["a size that is none", file(one({ shape: [1.5] }), [0, 0, 0, 0])],
    ["two tensors in one place", file({ ...one({}), b: one({}).a }, [0, 0, 0, 0])],
  ])("refuses %s", (_, bytes) => {
    expect(() => readSafetensors(bytes)).toThrow(UserError);
  });
});
