/** The rows in the form in which baselines and evidence compare them: numbers of comparable size, without missing values. */
import { PURPOSE, permutation, stream, upTo } from "../random.ts";
import { columnName, type Dataset, isImages, product } from "./dataset.ts";
import { type Prepared, rawOf } from "./prepare.ts";
import { type Moments, moments } from "./scale.ts";
import { averagePooled } from "./simple/pooling.ts";
import type { Matrix } from "./simple/solvers.ts";

/** At most `most` of the rows, the same for every seed, in the order given. */
export function sampled(rows: Uint32Array, most: number, key: number): Uint32Array {
  if (rows.length <= most) return rows;
  const order = permutation(rows.length, stream(0, PURPOSE.sample, key));
  const at = order.slice(0, most).sort();
  return Uint32Array.from(at, (i) => rows[i]);
}

/** The training rows, each once: resampling repeats them. */
export const trainingRows = ({ train, origin }: Prepared): Uint32Array => ascending([train], origin.length);

/** Training and validation rows of the source, in the order of the file. */
export const sourceRows = ({ table }: Dataset, { train, validation }: Prepared): Uint32Array =>
  ascending([train, validation], table.rows);

/** The rows below `end` that are in any of the lists, each once. */
export function ascending(lists: readonly Uint32Array[], end: number): Uint32Array {
  const has = new Uint8Array(end);
  let count = 0;
  for (const list of lists)
    for (let i = 0; i < list.length; i++) {
      const row = list[i];
      if (row >= end) continue;
      count += 1 - has[row];
      has[row] = 1;
    }
  const rows = new Uint32Array(count);
  for (let row = 0, at = 0; at < count; row++) if (has[row]) rows[at++] = row;
  return rows;
}

/** The number of evenly sampled rows in which a value other than 0 and 1 would be found. */
const MOST_SAMPLED = 5000;
/** The number of rows read at once, which takes little memory. */
const BLOCK = 1000;

/** The given rows, from the source or from `x` (values that are not finite become NaN); images of more than `most` numbers are pooled. */
export function picked(dataset: Dataset, rows: Uint32Array, most: number, x = rawOf(dataset).x): Matrix {
  const { shape } = dataset.table;
  const size = product(shape);
  const pool = isImages(dataset.table) && size > most;
  const blocks: Matrix[] = [];
  // Block by block, so that no second copy of all images is made.
  for (let from = 0; from < rows.length; from += pool ? BLOCK : rows.length) {
    const some = pool ? rows.subarray(from, from + BLOCK) : rows;
    const values = new Float32Array(some.length * size);
    some.forEach((row, i) => {
      for (let c = 0; c < size; c++) {
        const value = x[row * size + c];
        values[i * size + c] = Number.isFinite(value) ? value : Number.NaN;
      }
    });
    const block = { rows: some.length, columns: size, values };
    blocks.push(pool ? averagePooled(block, shape, most) : block);
  }
  if (blocks.length === 1) return blocks[0];
  const columns = blocks[0]?.columns ?? size;
  const values = new Float32Array(rows.length * columns);
  blocks.forEach((block, i) => {
    values.set(block.values, i * BLOCK * columns);
  });
  return { rows: rows.length, columns, values };
}

export const momentsOf = ({ values, columns, rows }: Matrix): Moments => moments(values, columns, upTo(rows));

/** A column that is constant up to rounding has no standard deviation to divide by. */
const varies = ({ mean, std }: Moments, c: number): boolean => std[c] > 1e-6 * Math.abs(mean[c]);

/** Whether the columns have one unit, as grey levels or lengths of one flower do: half of them have at least half the range of the widest. */
function oneUnit({ min, max }: Moments): boolean {
  const spans = Array.from(max, (value, c) => value - min[c]).filter((span) => span > 0);
  const widest = spans.reduce((a, b) => Math.max(a, b), 0);
  return spans.filter((span) => span >= widest / 2).length * 2 >= spans.length;
}

/**
 * In place: columns of one unit are centred, others standardised; missing values become the mean. Columns of one unit
 * keep their standard deviations, because the noise of a pixel that is always dark must not count as much as the ink of another.
 */
export function levelled(of: Moments, matrices: Matrix[], keepUnit: boolean): void {
  const same = keepUnit && oneUnit(of);
  const factor = Float64Array.from(of.std, (std, c) => (varies(of, c) ? 1 / (same ? 1 : std) : same ? 1 : 0));
  for (const { values, columns } of matrices)
    for (let at = 0; at < values.length; at += columns)
      for (let c = 0; c < columns; c++) {
        const value = (values[at + c] - of.mean[c]) * factor[c];
        values[at + c] = Number.isFinite(value) ? value : 0;
      }
}

/**
 * The columns that belong together: the one-hot columns of one text column count as one feature. They are recognised by their names
 * ("port=Southampton") and by cells that are 0, 1 or missing, in up to some thousand evenly sampled rows.
 */
export function featureGroups(dataset: Dataset): { name: string; columns: number[] }[] {
  const { x, rows } = dataset.table;
  const size = product(dataset.table.shape);
  const step = Math.ceil(rows / MOST_SAMPLED);
  const isFlag = (c: number): boolean => {
    for (let r = 0; r < rows; r += step) {
      const value = x[r * size + c];
      if (value !== 0 && value !== 1 && !Number.isNaN(value)) return false;
    }
    return true;
  };
  const groups: { name: string; columns: number[] }[] = [];
  for (let c = 0; c < size; c++) {
    const name = columnName(dataset.table, c);
    const stem = name.includes("=") && isFlag(c) ? name.slice(0, name.indexOf("=")) : undefined;
    const last = groups.at(-1);
    if (stem !== undefined && last?.name === stem) last.columns.push(c);
    else groups.push({ name: stem ?? name, columns: [c] });
  }
  return groups;
}
