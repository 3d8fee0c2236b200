/** Blank rows: all inputs are one and the same number, as of an image that was lost in loading. */
import { type Dataset, product } from "../dataset.ts";
import { type Prepared, rawOf } from "../prepare.ts";
import { trainingRows } from "./rows.ts";

export type BlankRows = { train: number; validation: number };

/** Shares of the rows, as the source holds them. A row with a missing cell is not blank: that is another matter. */
export function blankRows(dataset: Dataset, prepared: Prepared): BlankRows | undefined {
  const size = product(prepared.shape);
  if (size < 2) return undefined;
  const { x } = rawOf(dataset);
  const share = (rows: Uint32Array): number =>
    rows.length === 0 ? 0 : rows.reduce((sum, row) => sum + (isBlank(x, row, size) ? 1 : 0), 0) / rows.length;
  return { train: share(trainingRows(prepared)), validation: share(prepared.validation) };
}

export function isBlank(x: Float32Array, row: number, size: number): boolean {
  const first = x[row * size];
  for (let i = row * size; i < (row + 1) * size; i++) if (x[i] !== first) return false;
  return true;
}
