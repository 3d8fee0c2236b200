/** Near copies: validation rows with training rows much nearer than the next ones, as copies with added noise have. */
import { type Dataset, isImages, product, sourceRow } from "../dataset.ts";
import { type Prepared, rawOf } from "../prepare.ts";
import { levelled, momentsOf, picked, sampled, trainingRows } from "../rows.ts";
import type { Matrix } from "../simple/solvers.ts";
import { isBlank } from "./blank-rows.ts";
import { hasCopies, MOST_COPIES, neighbourhoodOf } from "./neighbourhood.ts";

/** Their share of the examined validation rows, and the first pair, as rows of their files. */
type NearCopies = { share: number; example?: { validation: number; train: number } };

/** The most rows: a share within a percentage point. */
const MOST_EVALUATED = 2000;
/** The fewest rows: a share within some percentage points. */
const LEAST_EVALUATED = 150;
/** Images are reduced to at most this many numbers. */
const MOST_INPUTS = 64;
/** The most subtractions, or twice as many where the fewest rows need more: within a second. */
const BUDGET = 1.5e8;

export function nearCopies(dataset: Dataset, prepared: Prepared): NearCopies | undefined {
  const known = trainingRows(prepared);
  // With fewer rows their density cannot be estimated.
  if (known.length < 2 * MOST_COPIES || prepared.validation.length === 0) return undefined;
  const { x } = rawOf(dataset);
  const size = product(prepared.shape);
  const columns = isImages(dataset.table) ? Math.min(size, MOST_INPUTS) : size;
  // A copy whose original is not in the sample is not found, so the sample of validation rows is reduced rather than that of training rows.
  const rows = sampled(known, Math.max(1000, (2 * BUDGET) / (LEAST_EVALUATED * columns)), 12);
  const affordable = Math.max(LEAST_EVALUATED, BUDGET / (rows.length * columns));
  const evaluatedRows = sampled(prepared.validation, Math.min(MOST_EVALUATED, Math.floor(affordable)), 13);
  const [train, evaluated] = [rows, evaluatedRows].map((some) => picked(dataset, some, MOST_INPUTS));
  const comparable = Array.from(evaluatedRows, (row, i) => halfKnown(evaluated, i) && !isBlank(x, row, size));
  levelled(momentsOf(train), [train, evaluated], true);
  const use = byDeviation(train);
  const own = (i: number): Float32Array =>
    evaluated.values.subarray(i * evaluated.columns, (i + 1) * evaluated.columns);
  const neighbourhoods = comparable.map((one, i) => (one ? neighbourhoodOf(train, own(i), use) : null));
  const present = neighbourhoods.filter((one) => one !== null);
  const usual = present.reduce((sum, one) => sum + one.dimension, 0) / Math.max(1, present.length);
  const found = neighbourhoods.flatMap((one, i) =>
    one && hasCopies(one, train, own(i), use, usual) ? [{ i, nearest: one.nearest }] : [],
  );
  // A single copy is a coincidence: two flowers of the same size.
  if (found.length < 2) return { share: 0 };
  const share = found.length / evaluatedRows.length;
  const pair = [evaluatedRows[found[0].i], rows[found[0].nearest]].map((row) => sourceRow(dataset, row).row);
  return { share, example: { validation: pair[0], train: pair[1] } };
}

/** At least half of the values are known: a row with many missing ones would seem near to every other. */
function halfKnown({ values, columns }: Matrix, row: number): boolean {
  let missing = 0;
  for (let i = row * columns; i < (row + 1) * columns; i++) if (Number.isNaN(values[i])) missing++;
  return 2 * missing <= columns;
}

/** The columns with the largest standard deviation come first, because most distances can be abandoned after them. */
function byDeviation(train: Matrix): number[] {
  const { std } = momentsOf(train);
  const varied = Array.from(std.keys()).filter((c) => std[c] > 0);
  return varied.sort((a, b) => std[b] - std[a] || a - b);
}
