/** Row order: how much of the target's variance the place of a row in the file explains. */
import type { Dataset } from "../dataset.ts";
import { type Prepared, rawOf } from "../prepare.ts";
import { sourceRows } from "../rows.ts";
import { spaced } from "../spaced.ts";

/** `explained`: share of the targets' variance between blocks of rows that follow each other (η²); `chance`: its mean in a random order. */
export type RowOrder = { explained: number; chance: number; blocks: number; rows: number };

/** So fine a course over the file is seen. */
const MOST_BLOCKS = 20;
/** A share of a block to within a point. */
const MOST_ROWS = 100_000;
/** Fewer rows show nothing about a block. */
const LEAST_IN_BLOCK = 10;

/** Of the rows of the source that are trained on or judged; classes one-hot, of several numbers the first. */
export function rowOrder(dataset: Dataset, prepared: Prepared): RowOrder | undefined {
  const { y, rows: all } = rawOf(dataset);
  const width = y.length / all;
  const known = sourceRows(dataset, prepared).filter((row) => Number.isFinite(y[row * width]));
  const rows = spaced(known, MOST_ROWS, 45);
  const blocks = Math.min(MOST_BLOCKS, Math.floor(rows.length / LEAST_IN_BLOCK));
  if (blocks < 2) return undefined;
  const blockOf = (i: number): number => Math.floor((i * blocks) / rows.length);
  const [between, whole] = dataset.table.target.kind === "classes" ? ofClasses() : ofNumbers();
  if (!(whole > 0)) return undefined;
  return { explained: between / whole, chance: (blocks - 1) / (rows.length - 1), blocks, rows: rows.length };

  function ofNumbers(): [number, number] {
    const mean = rows.reduce((sum, row) => sum + y[row * width], 0) / rows.length;
    const [sums, counts] = [new Float64Array(blocks), new Float64Array(blocks)];
    let whole = 0;
    rows.forEach((row, i) => {
      const value = y[row * width] - mean;
      sums[blockOf(i)] += value;
      counts[blockOf(i)]++;
      whole += value * value;
    });
    return [sums.reduce((total, sum, b) => total + sum ** 2 / counts[b], 0), whole];
  }

  /** The sums of squares of one-hot classes, from their counts. */
  function ofClasses(): [number, number] {
    const counts = new Map<number, Float64Array>();
    const sizes = new Float64Array(blocks);
    rows.forEach((row, i) => {
      const own = counts.get(y[row]) ?? new Float64Array(blocks);
      counts.set(y[row], own);
      own[blockOf(i)]++;
      sizes[blockOf(i)]++;
    });
    let [within, squares] = [0, 0];
    for (const own of counts.values()) {
      within += own.reduce((sum, count, b) => sum + count ** 2 / sizes[b], 0);
      squares += own.reduce((a, b) => a + b, 0) ** 2 / rows.length;
    }
    return [within - squares, rows.length - squares];
  }
}
