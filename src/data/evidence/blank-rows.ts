/** Blank rows: all inputs are the same number, as in an image that could not be loaded. */
import { type Dataset, product } from "../dataset.ts";
import { type Prepared, rawOf } from "../prepare.ts";
import { ascending, trainingRows } from "../rows.ts";

/** `elsewhere`: the share of the other rows' cells with the number of the blank rows, where that is a single one. */
type BlankRows = { train: number; validation: number; elsewhere?: number };

/** Shares of the rows of the source. A row with a missing value does not count as blank, because that is another fault. */
export function blankRows(dataset: Dataset, prepared: Prepared): BlankRows | undefined {
  const size = product(prepared.shape);
  if (size < 2) return undefined;
  const { x } = rawOf(dataset);
  const share = (rows: Uint32Array): number =>
    rows.length === 0 ? 0 : rows.reduce((sum, row) => sum + (isBlank(x, row, size) ? 1 : 0), 0) / rows.length;
  const found = { train: share(trainingRows(prepared)), validation: share(prepared.validation) };
  const same = elsewhere(prepared, x, size);
  return same === undefined ? found : { ...found, elsewhere: same };
}

/** Undefined where there is no blank row, or where blank rows have several different numbers, because columns may be equal for other reasons. */
function elsewhere({ train, validation }: Prepared, x: Float32Array, size: number): number | undefined {
  const rows = ascending([train, validation], x.length / size);
  const blank = rows.filter((row) => isBlank(x, row, size));
  const values = new Set(Array.from(blank, (row) => x[row * size]));
  if (values.size !== 1) return undefined;
  const [value] = values;
  let same = 0;
  for (const row of rows) for (let i = row * size; i < (row + 1) * size; i++) if (x[i] === value) same++;
  const others = rows.length - blank.length;
  return (same - blank.length * size) / Math.max(1, others * size);
}

export function isBlank(x: Float32Array, row: number, size: number): boolean {
  const first = x[row * size];
  for (let i = row * size; i < (row + 1) * size; i++) if (x[i] !== first) return false;
  return true;
}
