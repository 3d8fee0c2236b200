/** A checkpoint as a file, with a checksum: a line with the sum of what follows, a line of JSON (names and lengths), the numbers. */
import { createHash } from "node:crypto";
import type { Checkpoint } from "../../engine/events.ts";
import { writeJson } from "../../json.ts";
import { parseCheckpointHead } from "../parse.ts";

const NAME = "unstuck checkpoint ";
const NEWLINE = 10;
// What was written before there was a sum began with the line of JSON.
const BRACE = 123;

/** Numbers are little-endian float32. */
export function pack({ state, ...rest }: Checkpoint): Uint8Array {
  const tensors = Object.entries(state).map(([name, values]) => [name, values.length]);
  const head = Buffer.from(`${writeJson({ ...rest, tensors })}\n`);
  const body = Object.values(state).map((v) => Buffer.from(v.buffer, v.byteOffset, v.byteLength));
  return Buffer.concat([Buffer.from(`${NAME}${sumOf([head, ...body])}\n`), head, ...body]);
}

/** "damaged": it is not what was written; "old": it has no sum, so nobody knows. */
export function unpack(bytes: Buffer): Checkpoint | "damaged" | "old" {
  if (bytes[0] === BRACE) return "old";
  const end = bytes.indexOf(NEWLINE);
  const content = bytes.subarray(end + 1);
  if (end < 0 || bytes.toString("latin1", 0, end) !== NAME + sumOf([content])) return "damaged";
  const headEnd = content.indexOf(NEWLINE);
  const head = parseCheckpointHead(content.toString("utf8", 0, headEnd));
  if (!head) return "damaged";
  const { tensors, ...rest } = head;
  let at = headEnd + 1;
  const state: Checkpoint["state"] = {};
  for (const [name, length] of tensors) {
    state[name] = new Float32Array(new Uint8Array(content.subarray(at, at + 4 * length)).buffer);
    at += 4 * length;
  }
  return { ...rest, state };
}

function sumOf(parts: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}
