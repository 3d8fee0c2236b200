/** Rows that are equal in all inputs and the target, found by hashing and then compared. */
import { MIX, mix } from "../random.ts";
import type { Target } from "./dataset.ts";

/** The target as numbers per row, for the comparison of rows. */
export const targetKeys = (target: Target): { values: Float32Array; width: number } =>
  target.kind === "classes"
    ? { values: target.labels, width: 1 }
    : { values: target.values, width: target.columns.length };

const bitsOf = (values: Float32Array): Uint32Array => new Uint32Array(values.buffer, values.byteOffset, values.length);

const MINUS_ZERO = 0x80000000;

/** A hash of each row, the same for equal rows. */
function hashesOf(x: Float32Array, size: number): Int32Array {
  const xs = bitsOf(x);
  const hashes = new Int32Array(size === 0 ? 0 : x.length / size);
  for (let row = 0, i = 0; row < hashes.length; row++) {
    let h = 0;
    // Floats of small integers differ only in their upper bits, which a multiplication would shift out, so the bits are rotated first.
    for (const end = i + size; i < end; i++) {
      h = Math.imul(h ^ (xs[i] === MINUS_ZERO ? 0 : xs[i]), MIX[0]);
      h = (h << 13) | (h >>> 19);
    }
    hashes[row] = h;
  }
  return hashes;
}

const known = new WeakMap<Float32Array, { size: number; hashes: Int32Array }>();

/** The same, cached: the rows of a table are compared both with and without their targets. */
function inputHashes(x: Float32Array, size: number): Int32Array {
  const kept = known.get(x);
  if (kept?.size === size) return kept.hashes;
  const hashes = hashesOf(x, size);
  known.set(x, { size, hashes });
  return hashes;
}

/** A set of rows that can be searched for an equal row. */
function rowSet(x: Float32Array, size: number, y: Float32Array, width: number, capacity: number) {
  const [xs, ys] = [bitsOf(x), bitsOf(y)];
  const inputs = inputHashes(x, size);
  const mask = 2 ** Math.ceil(Math.log2(2 * capacity + 2)) - 1;
  const slots = new Int32Array(mask + 1).fill(-1);
  // The hashes are kept, so that distant rows in memory are read only where they are probably equal.
  const hashes = new Int32Array(mask + 1);
  const hash = (row: number): number => {
    let h = inputs[row];
    for (let i = row * width; i < (row + 1) * width; i++) h = Math.imul(h ^ ys[i], MIX[0]);
    return mix(h);
  };
  const same = (a: number, b: number): boolean => {
    for (let i = 0; i < size; i++) {
      const [p, q] = [xs[a * size + i], xs[b * size + i]];
      if (p !== q && ((p | q) & ~MINUS_ZERO) !== 0) return false;
    }
    for (let i = 0; i < width; i++) if (ys[a * width + i] !== ys[b * width + i]) return false;
    return true;
  };
  /** The row in the set that equals this one; -1 where there is none. With `add`, this one is then added. */
  const find = (row: number, add: boolean): number => {
    const key = hash(row);
    let slot = key & mask;
    while (slots[slot] >= 0 && (hashes[slot] !== (key | 0) || !same(slots[slot], row))) slot = (slot + 1) & mask;
    const found = slots[slot];
    if (found < 0 && add) [slots[slot], hashes[slot]] = [row, key];
    return found;
  };
  return {
    has: (row: number): boolean => find(row, false) >= 0,
    /** The first row that was equal to this one; the row itself, which is added, where none was. */
    first(row: number): number {
      const found = find(row, true);
      return found < 0 ? row : found;
    },
    /** Adds a row; false if an equal one was already there. */
    add: (row: number): boolean => find(row, true) < 0,
  };
}

/** Those of the rows that equal an earlier one. */
export function repeats(x: Float32Array, size: number, y: Float32Array, width: number, rows: Uint32Array): Uint32Array {
  const known = rowSet(x, size, y, width, rows.length);
  return rows.filter((row) => !known.add(row));
}

const NO_TARGET = new Float32Array(0);

/** For each of the rows the first among them with equal inputs, whatever its target. */
export function firstEqual(x: Float32Array, size: number, rows: Uint32Array): Int32Array {
  const known = rowSet(x, size, NO_TARGET, 0, rows.length);
  const first = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) first[i] = known.first(rows[i]);
  return first;
}

/** How many of the rows equal an earlier one, and how many of `others` equal any row of `rows`. */
export function repeated(
  x: Float32Array,
  size: number,
  y: Float32Array,
  width: number,
  rows: Uint32Array,
  others: Uint32Array,
): { within: number; across: number } {
  const known = rowSet(x, size, y, width, rows.length);
  const within = rows.reduce((count, row) => count + (known.add(row) ? 0 : 1), 0);
  return { within, across: others.reduce((count, row) => count + (known.has(row) ? 1 : 0), 0) };
}
