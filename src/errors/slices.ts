/** Finds slices of rows in which the error is higher than elsewhere, and corrects the test for all slices tested. */
import { mean, variance } from "../data/statistics.ts";
import { PURPOSE, permutation, stream } from "../random.ts";
import type { Attribute, Condition } from "./attributes.ts";
import { type Family, familiesOf, sums, weights, work } from "./families.ts";
import { fisher, normalSurprise } from "./surprise.ts";

// Error in a slice that is reported over the error elsewhere: odds of being missed, mean absolute error. deepchecks calls a segment weak that is
// 20 % worse; for a network on MNIST that reports half of the rows (error rate 6 % against 4 %), which helps nobody. Chosen by hand.
const WORSE = { missed: 2, off: 1.5 } as const;
// p-value, corrected for all slices tested: one false alarm in fifty analyses, so that 200 of them hardly bring more than the usual one
// in twenty. Chosen by hand.
const LEVEL = 0.02;
/** As many as deepchecks shows (n_to_show). */
const MOST_SLICES = 3;
/** Fewer give no useful p-value; more make no difference. Chosen by hand. */
const PERMUTATIONS = { least: 199, most: 999 } as const;
/** Counts that a search may take: about half a second. */
const WORK = 1.5e8;

type Slice = {
  /** Each holds: one condition, or two. */
  where: Condition[];
  /** Places of its rows. */
  rows: number[];
  /** Mean error in the slice, and of all other rows. */
  error: number;
  rest: number;
  /** One-sided, of no difference, corrected for all slices tested. */
  p: number;
};

type Search = { slices: Slice[]; tested: number };

type Options = {
  /** Slices of two attributes are tested too. */
  pairs: boolean;
  seed: number;
};

/**
 * @param errors of each row: 0 or 1 (predicted incorrectly), or its absolute error.
 *
 * A slice is ranked by Fisher's exact test of its errors against the other rows (errors of any size: the rank-sum test of Mann and Whitney).
 * The p-value of the most surprising one is the share of permutations of the errors over the rows in which any slice is as surprising
 * (Westfall & Young, "Resampling-based multiple testing", 1993): exact for all slices tested together, however they overlap. Slices of two
 * attributes weigh less by as much as there are more of them. What was found is taken out and the rest searched again.
 */
export function weakSlices(errors: Float64Array, attributes: readonly Attribute[], options: Options): Search {
  const slices: Slice[] = [];
  let tested = 0;
  let rows = Uint32Array.from(errors, (_, i) => i);
  while (slices.length < MOST_SLICES) {
    const found = weakest(rows, errors, attributes, options);
    tested = Math.max(tested, found.tested);
    if (!found.slice) break;
    slices.push(found.slice);
    const taken = new Set(found.slice.rows);
    rows = rows.filter((row) => !taken.has(row));
  }
  return { slices, tested };
}

type Candidate = { family: Family; place: number; surprise: number };

function weakest(
  rows: Uint32Array,
  errors: Float64Array,
  attributes: readonly Attribute[],
  { pairs, seed }: Options,
): { slice: Slice | null; tested: number } {
  const own = Float64Array.from(rows, (row) => errors[row]);
  const scores = scoresOf(own);
  const families = familiesOf(rows, attributes, {
    pairs,
    marked: scores.marked,
    most: (2 * WORK) / PERMUTATIONS.least,
  });
  const tested = families.reduce((sum, { sizes }) => sum + sizes.length, 0);
  if (tested === 0 || scores.constant) return { slice: null, tested };
  const weigh = weights(families);
  const all = Uint32Array.from(rows, (_, i) => i);
  const worse = WORSE[scores.binary ? "missed" : "off"];
  const worst = candidates(families, scores, all, weigh)
    .sort((x, y) => y.surprise - x.surprise || sizeOf(y) - sizeOf(x))
    .find((candidate) => {
      const { inside, outside } = means(candidate, own);
      return scores.binary ? inside * (1 - outside) >= worse * outside * (1 - inside) : inside >= worse * outside;
    });
  if (!worst) return { slice: null, tested };
  const count = Math.round(
    Math.max(PERMUTATIONS.least, Math.min(PERMUTATIONS.most, WORK / work(families, scores.marked))),
  );
  let [as, done] = [0, 0];
  // Where it cannot become significant any more, the rest of the permutations is spared.
  const enough = LEVEL * (1 + count);
  for (; done < count && 1 + as <= enough; done++) {
    const order = permutation(rows.length, stream(seed, PURPOSE.probe, rows.length, done));
    if (highest(families, scores, order, weigh) >= worst.surprise) as++;
  }
  const p = (1 + as) / (1 + done);
  if (p > LEVEL) return { slice: null, tested };
  const inside = insideOf(worst);
  const members = Array.from(rows).filter((_, i) => inside(i));
  const { inside: error, outside: rest } = means(worst, own);
  const { family, place } = worst;
  const [a, b] = family.ranges[place];
  const where = [family.a.condition(a, members), ...(family.b && b ? [family.b.condition(b, members)] : [])];
  return { slice: { where, rows: members, error, rest, p }, tested };
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
  const [middle, width] = [mean(values), variance(values)];
  const surprise =
    binary && missed <= EXACT
      ? fisher(n, missed)
      : (size: number, sum: number) =>
          normalSurprise((sum - size * middle) / Math.sqrt(((size * (n - size)) / (n - 1)) * width));
  return { values, marked: binary ? missed : n, binary, constant: width === 0, surprise };
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

type Weigh = (family: Family) => number;

function candidates(families: readonly Family[], scores: Scores, rows: Uint32Array, weigh: Weigh): Candidate[] {
  const order = scores.binary ? rows.filter((row) => scores.values[row] === 1) : rows;
  return families.flatMap((family) => {
    const less = weigh(family);
    const found = Array.from(sums(family, order, scores.marked, scores.binary ? null : scores.values));
    return found.flatMap((sum, place): Candidate[] => {
      const surprise = scores.surprise(family.sizes[place], sum);
      return surprise > 0 ? [{ family, place, surprise: surprise - less }] : [];
    });
  });
}

/** Of any slice, when the i-th score is that of row order[i]. */
function highest(families: readonly Family[], scores: Scores, order: Uint32Array, weigh: Weigh): number {
  const { surprise, marked } = scores;
  const values = scores.binary ? null : scores.values;
  let best = Number.NEGATIVE_INFINITY;
  for (const family of families) {
    const less = weigh(family);
    const found = sums(family, order, marked, values);
    for (let i = 0; i < found.length; i++) best = Math.max(best, surprise(family.sizes[i], found[i]) - less);
  }
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
