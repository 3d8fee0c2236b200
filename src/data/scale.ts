/** Scaling and imputing: what is fitted on the training rows and then applied to all. */
import type { Plan } from "../plan/plan.ts";
import type { RowReader } from "./row-reader.ts";

/** scaled = (raw − shift) / factor, one entry per column, or one for all (images). */
export type Scale = {
  kind: "none" | "standard" | "minmax" | "divideBy";
  shift: number[];
  factor: number[];
};

/** The moments of each column over some rows, without missing values. */
export type Moments = {
  count: Float64Array;
  mean: Float64Array;
  std: Float64Array;
  min: Float64Array;
  max: Float64Array;
};

/** `x` is rows × columns, or reads its rows; two passes, because one loses digits where the mean is large. */
export function moments(x: Float32Array | RowReader, columns: number, rows: Uint32Array): Moments {
  const count = new Float64Array(columns);
  const mean = new Float64Array(columns);
  const std = new Float64Array(columns);
  const min = new Float64Array(columns).fill(Infinity);
  const max = new Float64Array(columns).fill(-Infinity);
  eachBlock(x, columns, rows, (block, own) => {
    for (let c = 0; c < columns; c++) {
      let [n, sum, low, high] = [count[c], mean[c], min[c], max[c]];
      for (let i = c * own; i < (c + 1) * own; i++) {
        const value = block[i];
        if (Number.isNaN(value)) continue;
        n++;
        sum += value;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      [count[c], mean[c], min[c], max[c]] = [n, sum, low, high];
    }
  });
  for (let c = 0; c < columns; c++) mean[c] /= count[c];
  eachBlock(x, columns, rows, (block, own) => {
    for (let c = 0; c < columns; c++) {
      const centre = mean[c];
      let squares = std[c];
      for (let i = c * own; i < (c + 1) * own; i++) {
        const value = block[i];
        if (!Number.isNaN(value)) squares += (value - centre) ** 2;
      }
      std[c] = squares;
    }
  });
  for (let c = 0; c < columns; c++) {
    std[c] = Math.sqrt(std[c] / count[c]);
    if (count[c] === 0) min[c] = max[c] = Number.NaN;
  }
  return { count, mean, std, min, max };
}

/** The most numbers of a block, which fit the processor's cache beside those they are copied from, and its most rows. */
const [NUMBERS, ROWS] = [2 ** 14, 120];

/** Passes on a block of `own` rows at a time, column by column: column c starts at c × own. */
export function eachBlock(
  x: Float32Array | RowReader,
  columns: number,
  rows: Uint32Array,
  visit: (block: Float32Array, own: number) => void,
): void {
  const most = Math.max(1, Math.min(ROWS, Math.floor(NUMBERS / columns)));
  const block = new Float32Array(most * columns);
  const values = x instanceof Float32Array ? x : new Float32Array(columns);
  for (let from = 0; from < rows.length; from += most) {
    const own = Math.min(most, rows.length - from);
    for (let r = 0; r < own; r++) {
      const row = rows[from + r];
      if (!(x instanceof Float32Array)) x.read(row, values, 0);
      const at = x instanceof Float32Array ? row * columns : 0;
      for (let c = 0, place = r; c < columns; c++, place += own) block[place] = values[at + c];
    }
    visit(block, own);
  }
}

/** The moments of all columns taken together, as one column. */
export function pooled(of: Moments): Moments {
  let [count, sum, min, max] = [0, 0, Infinity, -Infinity];
  of.count.forEach((n, c) => {
    if (n === 0) return;
    count += n;
    sum += n * of.mean[c];
    min = Math.min(min, of.min[c]);
    max = Math.max(max, of.max[c]);
  });
  const mean = sum / count;
  let squares = 0;
  of.count.forEach((n, c) => {
    if (n > 0) squares += n * (of.std[c] ** 2 + (of.mean[c] - mean) ** 2);
  });
  const one = (value: number): Float64Array => Float64Array.of(count === 0 ? Number.NaN : value);
  return {
    count: Float64Array.of(count),
    mean: one(mean),
    std: one(Math.sqrt(squares / count)),
    min: one(min),
    max: one(max),
  };
}

/** The formulas of the Plan: standard (x − mean) / (std + 1e-8), minmax (x − min) / (max − min), unguarded. */
export function scaleOf(kind: Plan["data"]["scale"], columns: number, fitted: () => Moments): Scale {
  const filled = (value: number): number[] => new Array<number>(columns).fill(value);
  if (kind === "none") return { kind, shift: filled(0), factor: filled(1) };
  if (typeof kind === "object") return { kind: "divideBy", shift: filled(0), factor: filled(kind.divideBy) };
  const { mean, std, min, max } = fitted();
  if (kind === "standard") return { kind, shift: [...mean], factor: Array.from(std, (s) => s + 1e-8) };
  return { kind, shift: [...min], factor: Array.from(max, (m, c) => m - min[c]) };
}

/** Scales all of `x` into `out` (which may be `x`). */
export function applyScale(x: Float32Array, scale: Scale, out: Float32Array): void {
  const { shift, factor } = scale;
  const columns = shift.length;
  if (columns === 1) {
    const [s, f] = [shift[0], factor[0]];
    for (let i = 0; i < x.length; i++) out[i] = (x[i] - s) / f;
    return;
  }
  for (let at = 0; at < x.length; at += columns)
    for (let c = 0; c < columns; c++) out[at + c] = (x[at + c] - shift[c]) / factor[c];
}

/** The value that replaces missing ones in each column: the mean or median of the training rows (all pixels of images as one). */
export function fillers(how: "mean" | "median", x: Float32Array, columns: number, rows: Uint32Array): Float64Array {
  if (how === "mean") return moments(x, columns, rows).mean;
  const values = new Float32Array(rows.length);
  return Float64Array.from({ length: columns }, (_, c) => {
    let count = 0;
    for (const row of rows) {
      const value = x[row * columns + c];
      if (!Number.isNaN(value)) values[count++] = value;
    }
    return median(values.subarray(0, count));
  });
}

/** Sorts in place. */
function median(values: Float32Array): number {
  if (values.length === 0) return Number.NaN;
  values.sort();
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

export function fillMissing(x: Float32Array, fill: Float64Array): void {
  const columns = fill.length;
  for (let at = 0; at < x.length; at += columns)
    for (let c = 0; c < columns; c++) if (Number.isNaN(x[at + c])) x[at + c] = fill[c];
}
