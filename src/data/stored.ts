/** Rows that are not in memory: read when a batch needs them. */
import { MIX } from "../random.ts";
import { product, type Table } from "./dataset.ts";
import type { RowReader } from "./row-reader.ts";
import { applyScale, type Scale } from "./scale.ts";

/** The rows of tables concatenated; undefined where all are in memory. */
export function readerOf(tables: readonly Table[]): RowReader | undefined {
  if (tables.every(({ stored }) => !stored)) return undefined;
  const size = product(tables[0].shape);
  const starts = tables.map((_, i) => tables.slice(0, i).reduce((sum, { rows }) => sum + rows, 0));
  return {
    digest: tables.map(({ stored }) => stored?.digest ?? "").join(),
    read(row, into, at) {
      const part = starts.findLastIndex((start) => row >= start);
      const own = row - starts[part];
      const { stored, x } = tables[part];
      if (stored) stored.read(own, into, at);
      else into.set(x.subarray(own * size, (own + 1) * size), at);
    },
  };
}

export function scaledRows(rows: RowReader, scale: Scale, size: number): RowReader {
  return {
    digest: JSON.stringify([rows.digest, scale]),
    read(row, into, at) {
      rows.read(row, into, at);
      const own = into.subarray(at, at + size);
      applyScale(own, scale, own);
    },
  };
}

/** 64-bit hashes of the first `count` rows, as two numbers: with a million rows, a collision occurs once in 30 million times. */
export function hashed(rows: RowReader, count: number, size: number): Float32Array {
  const row = new Float32Array(size);
  const bits = new Uint32Array(row.buffer);
  const hashes = new Int32Array(2 * count);
  for (let r = 0; r < count; r++) {
    rows.read(r, row, 0);
    for (let k = 0; k < 2; k++) {
      let h = k;
      for (let i = 0; i < size; i++) {
        h = Math.imul(h ^ bits[i], MIX[k]);
        h = (h << 13) | (h >>> 19);
      }
      hashes[2 * r + k] = h;
    }
  }
  return new Float32Array(hashes.buffer);
}

/** The given rows, concatenated. */
export function gathered(rows: RowReader, some: ArrayLike<number>, size: number): Float32Array {
  const values = new Float32Array(some.length * size);
  for (let i = 0; i < some.length; i++) rows.read(some[i], values, i * size);
  return values;
}
