/** Fingerprints of data, to check whether they are still the same: one short text for the rows of a training. */
import { createHash } from "node:crypto";
import type { Dataset, Table, Target } from "../dataset.ts";
import type { Prepared } from "../prepare.ts";

export const fingerprint = ({ x, stored, y, train, validation, test }: Prepared): string =>
  digest([stored ? Uint32Array.from(Buffer.from(stored.digest)) : x, y, train, validation, test]);

/** The fingerprint of all rows of a dataset, independent of the seed of the split. */
export function datasetFingerprint({ task, table, validation, test }: Dataset): string {
  const tables = [table, validation, test].flatMap((one) => one ?? []);
  const names = JSON.stringify([task, tables.map(({ features, target }) => [features, target.kind, namesOf(target)])]);
  return digest([Uint32Array.from(Buffer.from(names)), ...tables.flatMap(numbersOf)]);
}

const namesOf = (target: Target): string[][] => [
  target.columns,
  target.kind === "classes" ? target.names : target.kind === "tokens" ? target.words : [],
];
const numbersOf = ({ x, stored, target }: Table): (Float32Array | Uint32Array)[] => [
  stored ? Uint32Array.from(Buffer.from(stored.digest)) : x,
  target.kind === "classes" ? target.labels : target.values,
];

/** A short text for some numbers. */
export function digest(arrays: readonly (Float32Array | Uint32Array)[]): string {
  const hash = createHash("sha256");
  for (const { buffer, byteOffset, byteLength } of arrays)
    hash.update(Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength));
  return hash.digest("hex").slice(0, 16);
}
