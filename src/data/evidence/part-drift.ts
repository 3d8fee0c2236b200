/** Part drift: which columns are distributed differently in the validation rows, and whether they are the training columns in another unit. */
import { type Dataset, isImages, product } from "../dataset.ts";
import type { Prepared } from "../prepare.ts";
import { featureGroups, picked, trainingRows } from "../rows.ts";
import type { Matrix } from "../simple/solvers.ts";
import { spaced } from "../spaced.ts";
import { cramersV, kolmogorovSmirnov, mean, quantile, variance } from "../statistics.ts";

type DriftedColumn = {
  name: string;
  kind: "number" | "category";
  /** Kolmogorov and Smirnov's distance, or Cramér's V */
  distance: number;
  /** Times the number of columns (Bonferroni) */
  p: number;
  /** The judged column as a straight line of the training column, where that makes the two alike. */
  line?: { factor: number; shift: number };
};

export type PartDrift = {
  /** Columns that were compared */
  of: number;
  /** Rows that were looked at */
  rows: { train: number; validation: number };
  /** Significant ones, the farthest first */
  columns: DriftedColumn[];
  /** A part whose numbers have mean 0 and spread 1 while those of the other have not */
  standardised?: "training" | "validation";
};

/** A distance of distributions to within a point. */
const MOST_ROWS = 10_000;
/** As many as the Profile has. */
const MOST_COLUMNS = 200;
/** Fewer rows show nothing about a distribution. */
const LEAST_ROWS = 10;
/** By chance in one table of a hundred. */
const SIGNIFICANT = 0.01;
/** Two samples are alike again when their distance is no accident of more than so small a probability, or is no distance. */
const [ALIKE, NEAR] = [0.01, 0.1];
/** Places of a column that a line is fitted through, without the ends. */
const PLACES = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);
/** Mean and standard deviation of what was standardised by its own rows, or by rows like them. Chosen by hand. */
const [CENTRED, UNIT] = [0.25, 1.5];
/** Shares of the columns that are standardised in one part, and in the other. Chosen by hand. */
const [MOST, FEW] = [0.8, 0.2];

export function partDrift(dataset: Dataset, prepared: Prepared): PartDrift | undefined {
  if (isImages(dataset.table)) return undefined;
  const chosen = [spaced(trainingRows(prepared), MOST_ROWS, 42), spaced(prepared.validation, MOST_ROWS, 43)];
  if (chosen.some((rows) => rows.length < LEAST_ROWS)) return undefined;
  // Copied: of a large table each cell would be far from the next.
  const parts = chosen.map((rows) => picked(dataset, rows, product(dataset.table.shape)));
  const groups = featureGroups(dataset).slice(0, MOST_COLUMNS);
  const standard = [0, 0];
  let numbers = 0;
  const compared = groups.flatMap(({ name, columns }): DriftedColumn[] => {
    if (columns.length > 1) {
      const counts = columns.map((c) => parts.map((part) => flags(part, c)));
      const { distance, p } = cramersV(counts);
      return [{ name, kind: "category", distance, p: Math.min(1, p * groups.length) }];
    }
    const [a, b] = parts.map((part) => ascending(part, columns[0]));
    if (a.length < LEAST_ROWS || b.length < LEAST_ROWS) return [];
    if (a[0] !== a[a.length - 1] && !isFlag(a)) {
      numbers++;
      [a, b].forEach((values, part) => {
        if (isStandard(values)) standard[part]++;
      });
    }
    const { distance, p } = kolmogorovSmirnov(a, b);
    const found = { name, kind: "number" as const, distance, p: Math.min(1, p * groups.length) };
    const line = found.p < SIGNIFICANT ? lineOf(a, b) : undefined;
    return [{ ...found, ...(line && { line }) }];
  });
  const shares = standard.map((count) => count / Math.max(1, numbers));
  const side =
    shares[0] >= MOST && shares[1] <= FEW ? "training" : shares[1] >= MOST && shares[0] <= FEW && "validation";
  return {
    of: compared.length,
    rows: { train: parts[0].rows, validation: parts[1].rows },
    columns: compared.filter(({ p }) => p < SIGNIFICANT).sort((a, b) => b.distance - a.distance),
    ...(side && numbers > 1 && { standardised: side }),
  };
}

function flags({ values, columns }: Matrix, column: number): number {
  let found = 0;
  for (let at = column; at < values.length; at += columns) if (values[at] === 1) found++;
  return found;
}

const isFlag = (values: Float64Array): boolean => values.every((value) => value === 0 || value === 1);

function ascending({ values, columns, rows }: Matrix, column: number): Float64Array {
  const numbers = new Float64Array(rows);
  let known = 0;
  for (let at = column; at < values.length; at += columns) if (!Number.isNaN(values[at])) numbers[known++] = values[at];
  return numbers.subarray(0, known).sort();
}

function isStandard(values: Float64Array): boolean {
  const std = Math.sqrt(variance(values));
  return Math.abs(mean(values)) < CENTRED && std > 1 / UNIT && std < UNIT;
}

/** The line through the quantiles of both, rising or falling; undefined where it does not make them alike, or there is no spread. */
function lineOf(a: Float64Array, b: Float64Array): DriftedColumn["line"] {
  const from = PLACES.map((share) => quantile(a, share));
  for (const places of [PLACES, PLACES.toReversed()]) {
    const to = places.map((share) => quantile(b, share));
    const [middle, other] = [from, to].map(mean);
    const squares = from.reduce((sum, v) => sum + (v - middle) ** 2, 0);
    const factor = from.reduce((sum, v, i) => sum + (v - middle) * (to[i] - other), 0) / squares;
    if (!Number.isFinite(factor) || factor === 0) continue;
    const shift = other - factor * middle;
    // Rounding, which makes a number that was repeated another in either part.
    const grain = 1e-4 * (b[b.length - 1] - b[0]);
    const [p, q] = [a.map((v) => factor * v + shift), b].map((values) =>
      values.map((v) => Math.round(v / grain) * grain).sort(),
    );
    const again = kolmogorovSmirnov(p, q);
    if (again.distance < NEAR || again.p > ALIKE) return { factor, shift };
  }
  return undefined;
}
