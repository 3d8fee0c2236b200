/** Tells whether data are still the same: one short text for the rows that a training saw. */
import { createHash } from "node:crypto";
import type { Prepared } from "../prepare.ts";

export const fingerprint = ({ x, stored, y, train, validation, test }: Prepared): string =>
  digest([stored ? Uint32Array.from(Buffer.from(stored.digest)) : x, y, train, validation, test]);

/** One short text for some numbers. */
export function digest(arrays: readonly (Float32Array | Uint32Array)[]): string {
  const hash = createHash("sha256");
  for (const { buffer, byteOffset, byteLength } of arrays)
    hash.update(Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength));
  return hash.digest("hex").slice(0, 16);
}
