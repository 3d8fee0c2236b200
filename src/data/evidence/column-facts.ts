/** Column facts: of each column of a table its type, its quartiles, and how much of its variance a few far-out cells make. */
import { type Dataset, isImages, product } from "../dataset.ts";
import type { Prepared } from "../prepare.ts";
import { featureGroups, picked, sourceRows } from "../rows.ts";
import { spaced } from "../spaced.ts";
import { quantile, variance } from "../statistics.ts";

type ColumnType = "number" | "integer" | "flag" | "category" | "identifier" | "constant" | "empty";

export type ColumnFact = {
  name: string;
  type: ColumnType;
  /** NaN of categories */
  quartiles: [number, number, number];
  /** Share of the cells beyond Tukey's outer fences, three times the distance of the quartiles beyond them (1977). */
  far: number;
  /** Share of the variance that would be gone if these cells lay on the fences. */
  held: number;
};

/** `rows`: so many rows of the source were looked at. */
export type ColumnFacts = { rows: number; columns: ColumnFact[] };

/** A quartile to within a point of the ranks; sorted in milliseconds. */
const MOST_ROWS = 10_000;
/** As many as the Profile has. */
const MOST_COLUMNS = 200;
/** Tukey's outer fences. */
const FENCES = 3;
/** Whole numbers up to here are exact in 32 bits. */
const EXACT = 2 ** 24;

export function columnFacts(dataset: Dataset, prepared: Prepared): ColumnFacts | undefined {
  if (isImages(dataset.table)) return undefined;
  const size = product(dataset.table.shape);
  // A slip may lie in either part, unless the judged rows were prepared apart.
  const rows = spaced(sourceRows(dataset, prepared), MOST_ROWS, 41);
  // Copied: of a large table each cell would be far from the next.
  const cells = picked(dataset, rows, size).values;
  const columns = featureGroups(dataset)
    .slice(0, MOST_COLUMNS)
    .map(({ name, columns }): ColumnFact => {
      if (columns.length > 1) return { name, type: "category", quartiles: [NaN, NaN, NaN], far: 0, held: 0 };
      const values = new Float64Array(rows.length);
      let known = 0;
      for (let at = columns[0]; at < cells.length; at += size)
        if (!Number.isNaN(cells[at])) values[known++] = cells[at];
      const ascending = values.subarray(0, known).sort();
      const type = typeOf(ascending);
      const counts = type === "integer" && !repeats(ascending) && isIdentifier(dataset, columns[0], size);
      return { name, type: counts ? "identifier" : type, ...spreadOf(ascending) };
    });
  return { rows: rows.length, columns };
}

const repeats = (ascending: Float64Array): boolean => ascending.some((value, i) => value === ascending[i - 1]);

function typeOf(ascending: Float64Array): ColumnType {
  const n = ascending.length;
  if (n === 0) return "empty";
  if (ascending[0] === ascending[n - 1]) return "constant";
  if (ascending[0] === 0 && ascending[n - 1] === 1 && ascending.every((value) => value === 0 || value === 1))
    return "flag";
  return ascending.every(Number.isInteger) ? "integer" : "number";
}

function spreadOf(ascending: Float64Array): Pick<ColumnFact, "quartiles" | "far" | "held"> {
  if (ascending.length === 0) return { quartiles: [NaN, NaN, NaN], far: 0, held: 0 };
  const quartiles: [number, number, number] = [0.25, 0.5, 0.75].map((share) => quantile(ascending, share)) as never;
  const [low, , high] = quartiles;
  const reach = FENCES * (high - low);
  // Where half of the cells are equal the fences say nothing.
  if (reach === 0) return { quartiles, far: 0, held: 0 };
  const clipped = ascending.map((value) => Math.min(high + reach, Math.max(low - reach, value)));
  const far = clipped.reduce((count, value, i) => count + (value === ascending[i] ? 0 : 1), 0) / ascending.length;
  return { quartiles, far, held: far === 0 ? 0 : 1 - variance(clipped) / variance(ascending) };
}

/** Every row another whole number, without a gap: c, c + 1, … c + n − 1, in any order. */
function isIdentifier({ table: { x, rows } }: Pick<Dataset, "table">, column: number, size: number): boolean {
  if (rows < 3) return false;
  let least = Number.POSITIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    const value = x[row * size + column];
    if (!Number.isInteger(value) || Math.abs(value) > EXACT) return false;
    if (value < least) least = value;
  }
  const met = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const place = x[row * size + column] - least;
    if (place >= rows || met[place] === 1) return false;
    met[place] = 1;
  }
  return true;
}
