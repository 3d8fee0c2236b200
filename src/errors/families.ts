/** The slices that are tested: ranges of the bins of one or of two attributes, and the rows in them. */
import { append } from "../lists.ts";
import { type Attribute, type Grid, grid, type Range } from "./attributes.ts";

/** The smallest slice, as a share of the evaluated rows, as in the experiments of SliceLine (Sagadeeva & Boehm 2021); deepchecks takes a twentieth. */
const LEAST_SHARE = 0.01;
/** The fewest rows of a slice: the default of the package sliceline (min_sup). */
const LEAST_ROWS = 10;
/** A slice has at most half of the rows; beyond that, the other rows are the slice. */
const MOST = 0.5;
/** With more attributes than this, their pairs are too many to test. Chosen by hand. */
const MOST_PAIRED = 24;

/** Slices of one or of two attributes, as ranges of their bins. */
export type Family = {
  a: Grid;
  b: Grid | null;
  ranges: [Range, Range | null][];
  sizes: number[];
  /** Four for each slice: the indices of its corners in the cumulative counts. */
  corners: number[];
};

/** @param most the largest number of counts for one permutation; pairs that need more are not tested. */
export function familiesOf(
  rows: Uint32Array,
  attributes: readonly Attribute[],
  { pairs, marked, most }: { pairs: boolean; marked: number; most: number },
): Family[] {
  const filled = (families: Family[]) => families.filter(({ sizes }) => sizes.length > 0);
  const singles = filled(attributes.map((attribute) => family(grid(attribute, rows, "fine"), null)));
  if (!pairs || attributes.length > MOST_PAIRED) return singles;
  const coarse = attributes.map((attribute) => grid(attribute, rows, "coarse"));
  const all = [...singles, ...filled(coarse.flatMap((a, i) => coarse.slice(i + 1).map((b) => family(a, b))))];
  return work(all, marked) > most ? singles : all;
}

/** The number of counts for one permutation. */
export const work = (families: readonly Family[], marked: number): number =>
  families.reduce((sum, { sizes }) => sum + marked + sizes.length, 0);

function family(a: Grid, b: Grid | null): Family {
  const n = a.codes.length;
  const least = Math.max(LEAST_ROWS, Math.ceil(LEAST_SHARE * n));
  const most = Math.floor(MOST * n);
  const made: Family = { a, b, ranges: [], sizes: [], corners: [] };
  for (const range of a.ranges)
    for (const other of b ? b.ranges : [null]) {
      made.ranges.push([range, other]);
      append(made.corners, cornersOf(range, other, b ? b.bins : 1));
    }
  const rows = Uint32Array.from(a.codes, (_, i) => i);
  const sizes = sums(made, rows, n, null);
  const allowed = (i: number) => sizes[i] >= least && sizes[i] <= most;
  return {
    ...made,
    ranges: made.ranges.filter((_, i) => allowed(i)),
    sizes: [...sizes].filter((_, i) => allowed(i)),
    corners: made.corners.filter((_, k) => allowed(k >> 2)),
  };
}

function cornersOf([from, to]: Range, other: Range | null, width: number): [number, number, number, number] {
  const stride = width + 1;
  const [low, high] = other ? [other[0], other[1] + 1] : [0, width];
  const [top, bottom] = [(to + 1) * stride, from * stride];
  return [top + high, top + low, bottom + high, bottom + low];
}

/** What is subtracted from a slice's surprise: the logarithm of the number of slices with as many conditions. */
export function weights(families: readonly Family[]): (family: Family) => number {
  const number = (paired: boolean) =>
    families.filter(({ b }) => (b !== null) === paired).reduce((sum, { sizes }) => sum + sizes.length, 0);
  const [one, two] = [Math.log(Math.max(1, number(false))), Math.log(Math.max(1, number(true)))];
  return ({ b }) => (b ? two : one);
}

/** The sum of `values` (null: 1 each) in each slice; the i-th value is that of row order[i], and the first `marked` count. */
export function sums(
  { a, b, corners }: Family,
  order: Uint32Array,
  marked: number,
  values: Float64Array | null,
): Float64Array {
  const width = b ? b.bins : 1;
  const stride = width + 1;
  const cells = new Float64Array((a.bins + 1) * stride);
  for (let i = 0; i < marked; i++) {
    const row = order[i];
    cells[(a.codes[row] + 1) * stride + (b ? b.codes[row] : 0) + 1] += values ? values[i] : 1;
  }
  for (let x = 1; x <= a.bins; x++)
    for (let at = x * stride + 1; at <= x * stride + width; at++)
      cells[at] += cells[at - stride] + cells[at - 1] - cells[at - stride - 1];
  const found = new Float64Array(corners.length / 4);
  for (let i = 0, k = 0; i < found.length; i++, k += 4)
    found[i] = cells[corners[k]] - cells[corners[k + 1]] - cells[corners[k + 2]] + cells[corners[k + 3]];
  return found;
}
