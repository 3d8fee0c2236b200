/** Target copies: columns that are the target itself, in another writing or another unit. */
import { type Dataset, isImages, product } from "../dataset.ts";
import { type Prepared, rawOf } from "../prepare.ts";
import { featureGroups, trainingRows } from "../rows.ts";
import { spaced } from "../spaced.ts";

/** Names of the columns */
export type TargetCopies = { columns: string[]; rows: number };

/** Fewer rows may agree by chance. */
const LEAST_ROWS = 50;
/** A single exception in a few thousand rows is enough. */
const MOST_ROWS = 20_000;
/** What 32-bit floats and a printed table leave of a straight line, as a share of the variance. */
const ROUNDING = 1e-6;
/** A cell of the table as a key; categories are several columns. */
type Cell = (row: number) => number;

/** Classes: one value of the column for each class, and the other way round. Numbers: a straight line. Of a table with other columns beside it. */
export function targetCopies(dataset: Dataset, prepared: Prepared): TargetCopies | undefined {
  const { x, y } = rawOf(dataset);
  const { target } = dataset.table;
  const rows = spaced(trainingRows(prepared), MOST_ROWS, 44).filter((row) => !Number.isNaN(y[row]));
  const groups = isImages(dataset.table) ? [] : featureGroups(dataset);
  const single = target.kind === "classes" || target.columns.length === 1;
  if (groups.length < 2 || rows.length < LEAST_ROWS || !single) return undefined;
  const size = product(dataset.table.shape);
  const copies = groups.filter(({ columns }) => {
    const cell: Cell = (row) =>
      columns.length === 1 ? x[row * size + columns[0]] : columns.findIndex((c) => x[row * size + c] === 1);
    if (target.kind === "classes") return oneToOne(rows, cell, (row) => y[row]);
    return columns.length === 1 && straight(rows, cell, (row) => y[row]);
  });
  return { columns: copies.map(({ name }) => name), rows: rows.length };
}

function oneToOne(rows: Uint32Array, a: Cell, b: Cell): boolean {
  const [forth, back] = [new Map<number, number>(), new Map<number, number>()];
  for (const row of rows) {
    const [p, q] = [a(row), b(row)];
    if (!forth.has(p)) forth.set(p, q);
    if (!back.has(q)) back.set(q, p);
    if (forth.get(p) !== q || back.get(q) !== p) return false;
  }
  return forth.size > 1;
}

function straight(rows: Uint32Array, a: Cell, b: Cell): boolean {
  const n = rows.length;
  const [meanA, meanB] = [a, b].map((of) => rows.reduce((sum, row) => sum + of(row), 0) / n);
  let [aa, ab, bb] = [0, 0, 0];
  for (const row of rows) {
    const [p, q] = [a(row) - meanA, b(row) - meanB];
    aa += p * p;
    ab += p * q;
    bb += q * q;
  }
  return aa > 0 && bb > 0 && 1 - (ab * ab) / (aa * bb) < ROUNDING;
}
