/** Finds slices of rows in which the error is higher than elsewhere, and tests them against all that was looked at. */
import { PURPOSE, permutation, stream } from "../random.ts";
import type { Threshold } from "../threshold.ts";
import { type Attribute, type Condition, type Grid, grid, type Range } from "./attributes.ts";
import { fisher, normalSurprise } from "./surprise.ts";

/** What a slice must be to be told. */
export const SLICE = {
  least: {
    of: "rows of a slice: their share of those judged",
    value: 0.01,
    origin: "published",
    source: "a hundredth in SliceLine (Sagadeeva & Boehm 2021), a twentieth in deepchecks; never fewer than LEAST_ROWS",
  },
  worse: {
    of: "error in the slice over the error elsewhere: odds of being missed, mean absolute error",
    value: { missed: 2, off: 1.5 },
    origin: "by hand",
    source:
      "deepchecks calls a segment weak that is 20 % worse; of a network for MNIST that tells of half of the rows (6 % missed against 4 %), which helps nobody",
  },
  level: {
    of: "p-value of the slice, corrected over all slices looked at",
    value: 0.05,
    origin: "derived",
    source: "one false alarm in twenty analyses; measured on data without any slice in bench/slices.ts",
  },
} as const satisfies Record<string, Threshold>;

/** sliceline's default support (min_sup). */
const LEAST_ROWS = 10;
/** More than half of the rows is no slice: the rest is. */
const MOST = 0.5;
/** As many as deepchecks shows (n_to_show). */
const MOST_SLICES = 3;
/** Fewer give no p-value that is worth having; more are not told apart. Chosen by hand. */
const PERMUTATIONS = { least: 199, most: 999 } as const;
/** Counts that a search may take: about half a second. */
const WORK = 1.5e8;
/** Pairs of more attributes are too many to be looked at. Chosen by hand. */
const MOST_PAIRED = 24;

export type Slice = {
  /** Each holds: one condition, or two. */
  where: Condition[];
  /** Places of its rows. */
  rows: number[];
  /** Mean error in the slice, and of all other rows. */
  error: number;
  rest: number;
  /** One-sided, of no difference, corrected over all slices looked at. */
  p: number;
};

export type Search = { slices: Slice[]; looked: number };

type Options = {
  /** Slices of two attributes are looked at too. */
  pairs: boolean;
  seed: number;
};

/**
 * @param errors of each row: 0 or 1 (missed), or how far off it is.
 *
 * A slice is judged by Fisher's exact test of its misses against the other rows (errors of any size: the rank-sum test of Mann and Whitney).
 * The p-value of the most surprising one is the share of permutations of the errors over the rows in which any slice is as surprising
 * (Westfall & Young, "Resampling-based multiple testing", 1993): exact for all slices looked at together, however they overlap. Slices of two
 * attributes weigh less by as much as there are more of them. What was found is taken out and the rest searched again.
 */
export function weakSlices(errors: Float64Array, attributes: readonly Attribute[], options: Options): Search {
  const slices: Slice[] = [];
  let looked = 0;
  let rows = Uint32Array.from(errors, (_, i) => i);
  while (slices.length < MOST_SLICES) {
    const found = weakest(rows, errors, attributes, options);
    looked = Math.max(looked, found.looked);
    if (!found.slice) break;
    slices.push(found.slice);
    const taken = new Set(found.slice.rows);
    rows = rows.filter((row) => !taken.has(row));
  }
  return { slices, looked };
}

/** Slices of one or of two attributes, as ranges of their bins, with their sizes. */
type Family = { a: Grid; b: Grid | null; ranges: [Range, Range | null][]; sizes: number[] };
type Candidate = { family: Family; place: number; surprise: number };

function weakest(
  rows: Uint32Array,
  errors: Float64Array,
  attributes: readonly Attribute[],
  { pairs, seed }: Options,
): { slice: Slice | null; looked: number } {
  const own = Float64Array.from(rows, (row) => errors[row]);
  const scores = scoresOf(own);
  const families = familiesOf(rows, attributes, pairs, scores.marked);
  const looked = families.reduce((sum, { sizes }) => sum + sizes.length, 0);
  if (looked === 0 || scores.constant) return { slice: null, looked };
  const penalty = weights(families);
  const all = Uint32Array.from(rows, (_, i) => i);
  const worse = SLICE.worse.value[scores.binary ? "missed" : "off"];
  const worst = surprises(families, scores, all, penalty)
    .sort((x, y) => y.surprise - x.surprise || sizeOf(y) - sizeOf(x))
    .find((candidate) => {
      const { inside, outside } = means(candidate, own);
      return scores.binary ? inside * (1 - outside) >= worse * outside * (1 - inside) : inside >= worse * outside;
    });
  if (!worst) return { slice: null, looked };
  const count = Math.round(
    Math.max(PERMUTATIONS.least, Math.min(PERMUTATIONS.most, WORK / work(families, scores.marked))),
  );
  let [as, done] = [0, 0];
  // Where it cannot become significant any more, the rest of the permutations is spared.
  const enough = SLICE.level.value * (1 + count);
  for (; done < count && 1 + as <= enough; done++) {
    const order = permutation(rows.length, stream(seed, PURPOSE.probe, rows.length, done));
    if (highest(families, scores, order, penalty) >= worst.surprise) as++;
  }
  const p = (1 + as) / (1 + done);
  if (p > SLICE.level.value) return { slice: null, looked };
  const inside = insideOf(worst);
  const members = Array.from(rows).filter((_, i) => inside(i));
  const { inside: error, outside: rest } = means(worst, own);
  const { family, place } = worst;
  const [a, b] = family.ranges[place];
  const where = [family.a.condition(a, members), ...(family.b && b ? [family.b.condition(b, members)] : [])];
  return { slice: { where, rows: members, error, rest, p }, looked };
}

type Scores = {
  /** What is summed over a slice: 1 of a missed row, or the rank of its error. */
  values: Float64Array;
  /** Rows that count: those missed come first in an order of the rows, or all. */
  marked: number;
  binary: boolean;
  constant: boolean;
  surprise: (size: number, sum: number) => number;
};

/** Above this the normal distribution stands for the hypergeometric: a slice then expects 25 misses. */
const EXACT = 500;

function scoresOf(errors: Float64Array): Scores {
  const n = errors.length;
  const missed = errors.reduce((sum, e) => sum + e, 0);
  const binary = errors.every((e) => e === 0 || e === 1);
  const values = binary ? errors : ranks(errors);
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n;
  const surprise =
    binary && missed <= EXACT
      ? fisher(n, missed)
      : (size: number, sum: number) =>
          normalSurprise((sum - size * mean) / Math.sqrt(((size * (n - size)) / (n - 1)) * variance));
  return { values, marked: binary ? missed : n, binary, constant: variance === 0, surprise };
}

/** From 1; ties share their mean rank. */
function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const out = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let i = from; i < to; i++) out[order[i]] = (from + 1 + to) / 2;
    from = to;
  }
  return out;
}

function familiesOf(rows: Uint32Array, attributes: readonly Attribute[], pairs: boolean, marked: number): Family[] {
  const singles = attributes.map((attribute) => family(grid(attribute, rows, "fine"), null));
  const told = singles.filter(({ sizes }) => sizes.length > 0);
  if (!pairs || attributes.length > MOST_PAIRED) return told;
  const coarse = attributes.map((attribute) => grid(attribute, rows, "coarse"));
  const both = coarse.flatMap((a, i) => coarse.slice(i + 1).map((b) => family(a, b)));
  const all = [...told, ...both.filter(({ sizes }) => sizes.length > 0)];
  return work(all, marked) * PERMUTATIONS.least > 2 * WORK ? told : all;
}

const work = (families: readonly Family[], marked: number): number =>
  families.reduce((sum, { sizes }) => sum + marked + sizes.length, 0);

function family(a: Grid, b: Grid | null): Family {
  const n = a.codes.length;
  const least = Math.max(LEAST_ROWS, Math.ceil(SLICE.least.value * n));
  const most = Math.floor(MOST * n);
  const cells = counts(
    a,
    b,
    Uint32Array.from(a.codes, (_, i) => i),
    n,
    null,
  );
  const made: Family = { a, b, ranges: [], sizes: [] };
  for (const range of a.ranges)
    for (const other of b ? b.ranges : [null]) {
      const size = inRange(cells, b ? b.bins : 1, range, other);
      if (size < least || size > most) continue;
      made.ranges.push([range, other]);
      made.sizes.push(size);
    }
  return made;
}

/** What a slice's surprise is lessened by: the logarithm of how many of its order there are. */
function weights(families: readonly Family[]): (family: Family) => number {
  const number = (paired: boolean) =>
    families.filter(({ b }) => (b !== null) === paired).reduce((sum, { sizes }) => sum + sizes.length, 0);
  const [one, two] = [Math.log(Math.max(1, number(false))), Math.log(Math.max(1, number(true)))];
  return ({ b }) => (b ? two : one);
}

/** Cumulative over the bins of `a` and of `b`: how much of `values` (null: 1 each) the first `marked` rows of an order bring. */
function counts(
  a: Grid,
  b: Grid | null,
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
    for (let y = 1; y <= width; y++)
      cells[x * stride + y] +=
        cells[(x - 1) * stride + y] + cells[x * stride + y - 1] - cells[(x - 1) * stride + y - 1];
  return cells;
}

function inRange(cells: Float64Array, width: number, [from, to]: Range, other: Range | null): number {
  const stride = width + 1;
  const [low, high] = other ? [other[0], other[1] + 1] : [0, width];
  const [top, bottom] = [(to + 1) * stride, from * stride];
  return cells[top + high] - cells[top + low] - cells[bottom + high] + cells[bottom + low];
}

/** `order`: the i-th score is that of row order[i]. */
function each(
  families: readonly Family[],
  { values, marked, binary, surprise }: Scores,
  order: Uint32Array,
  penalty: (family: Family) => number,
  tell: (family: Family, place: number, surprise: number) => void,
): void {
  for (const one of families) {
    const cells = counts(one.a, one.b, order, marked, binary ? null : values);
    const width = one.b ? one.b.bins : 1;
    const less = penalty(one);
    for (let i = 0; i < one.sizes.length; i++) {
      const [range, other] = one.ranges[i];
      tell(one, i, surprise(one.sizes[i], inRange(cells, width, range, other)) - less);
    }
  }
}

function surprises(
  families: readonly Family[],
  scores: Scores,
  rows: Uint32Array,
  penalty: (family: Family) => number,
): Candidate[] {
  const missed = rows.filter((row) => scores.values[row] === 1);
  const found: Candidate[] = [];
  each(families, scores, scores.binary ? missed : rows, penalty, (one, place, surprise) => {
    if (surprise > -penalty(one)) found.push({ family: one, place, surprise });
  });
  return found;
}

function highest(
  families: readonly Family[],
  scores: Scores,
  order: Uint32Array,
  penalty: (family: Family) => number,
): number {
  let best = Number.NEGATIVE_INFINITY;
  each(families, scores, order, penalty, (_family, _place, surprise) => {
    if (surprise > best) best = surprise;
  });
  return best;
}

const sizeOf = ({ family, place }: Candidate): number => family.sizes[place];

function insideOf({ family: { a, b, ranges }, place }: Candidate): (i: number) => boolean {
  const [[from, to], other] = ranges[place];
  return (i) =>
    a.codes[i] >= from && a.codes[i] <= to && (!b || !other || (b.codes[i] >= other[0] && b.codes[i] <= other[1]));
}

function means(candidate: Candidate, errors: Float64Array): { inside: number; outside: number } {
  const inside = insideOf(candidate);
  const size = sizeOf(candidate);
  let [within, all] = [0, 0];
  for (let i = 0; i < errors.length; i++) {
    all += errors[i];
    if (inside(i)) within += errors[i];
  }
  return { inside: within / size, outside: (all - within) / (errors.length - size) };
}
