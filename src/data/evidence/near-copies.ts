/** Near copies: validation rows that have training rows much nearer than the rows beyond them, as copies with added noise have. */
import { type Dataset, isImages, product, sourceRow } from "../dataset.ts";
import { type Prepared, rawOf } from "../prepare.ts";
import { levelled, momentsOf, picked, sampled, trainingRows } from "../rows.ts";
import type { Matrix } from "../simple/solvers.ts";
import { isBlank } from "./blank-rows.ts";
import { hasCopies, lookAround, MOST_COPIES } from "./neighbourhood.ts";

/** Share of the judged rows that were looked at, and the first pair, as rows of their files. */
type NearCopies = { share: number; example?: { validation: number; train: number } };

/** A share of the rows to within a point. */
const MOST_JUDGED = 2000;
/** A share of the rows to within some points. */
const LEAST_JUDGED = 150;
/** Images are compared by so many numbers. */
const MOST_INPUTS = 64;
/** Subtractions that may be spent, twice as many where the least takes more: within a second. */
const BUDGET = 1.5e8;

export function nearCopies(dataset: Dataset, prepared: Prepared): NearCopies | undefined {
  const known = trainingRows(prepared);
  // Fewer rows do not tell how dense they lie.
  if (known.length < 2 * MOST_COPIES || prepared.validation.length === 0) return undefined;
  const { x } = rawOf(dataset);
  const size = product(prepared.shape);
  const columns = isImages(dataset.table) ? Math.min(size, MOST_INPUTS) : size;
  // A copy whose original is left out is not found: rather fewer rows are judged than compared with.
  const rows = sampled(known, Math.max(1000, (2 * BUDGET) / (LEAST_JUDGED * columns)), 12);
  const affordable = Math.max(LEAST_JUDGED, BUDGET / (rows.length * columns));
  const judgedRows = sampled(prepared.validation, Math.min(MOST_JUDGED, Math.floor(affordable)), 13);
  const [train, evaluated] = [rows, judgedRows].map((some) => picked(dataset, some, MOST_INPUTS));
  const told = Array.from(judgedRows, (row, i) => halfKnown(evaluated, i) && !isBlank(x, row, size));
  levelled(momentsOf(train), [train, evaluated], true);
  const use = bySpread(train);
  const own = (i: number): Float32Array =>
    evaluated.values.subarray(i * evaluated.columns, (i + 1) * evaluated.columns);
  const snapshots = told.map((one, i) => (one ? lookAround(train, own(i), use) : null));
  const seen = snapshots.filter((one) => one !== null);
  const usual = seen.reduce((sum, one) => sum + one.dimension, 0) / Math.max(1, seen.length);
  const found = snapshots.flatMap((one, i) =>
    one && hasCopies(one, train, own(i), use, usual) ? [{ i, nearest: one.nearest }] : [],
  );
  // One row that has a copy is an accident: two flowers of the same size.
  if (found.length < 2) return { share: 0 };
  const share = found.length / judgedRows.length;
  const pair = [judgedRows[found[0].i], rows[found[0].nearest]].map((row) => sourceRow(dataset, row).row);
  return { share, example: { validation: pair[0], train: pair[1] } };
}

/** A row with many missing cells seems near to everything. */
function halfKnown({ values, columns }: Matrix, row: number): boolean {
  let missing = 0;
  for (let i = row * columns; i < (row + 1) * columns; i++) if (Number.isNaN(values[i])) missing++;
  return 2 * missing <= columns;
}

/** The columns that spread most come first: most distances can be given up after them. */
function bySpread(train: Matrix): number[] {
  const { std } = momentsOf(train);
  const varied = Array.from(std.keys()).filter((c) => std[c] > 0);
  return varied.sort((a, b) => std[b] - std[a] || a - b);
}
