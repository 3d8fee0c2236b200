/** The statistics of paired trials: interval and p-value of a gain, the least gain worth a change, and correction for several claims. */
import { mean, sd } from "../data/statistics.ts";

// Lanczos' approximation (g = 7, n = 9; Godfrey 2001), good to 1e-15 for x > 0.
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const t = x + 6.5;
  const sum = LANCZOS.slice(1).reduce((acc, c, i) => acc + c / (x + i), LANCZOS[0]);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Continued fraction of the incomplete beta function (Lentz; Numerical Recipes 6.4). */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const guard = (v: number) => (Math.abs(v) < tiny ? tiny : v);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return h;
}

/** Regularised incomplete beta function I_x(a, b). */
function incompleteBeta(a: number, b: number, x: number, y = 1 - x): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(y));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, y)) / b;
}

/** P(T > |t|) of Student's t, without the loss of digits that 1 − cdf would bring. */
function tTail(t: number, df: number): number {
  if (t === 0) return 0.5;
  if (!Number.isFinite(t)) return 0;
  const square = t * t;
  return 0.5 * incompleteBeta(df / 2, 0.5, df / (df + square), square / (df + square));
}

/** P(T ≤ t) of Student's t with `df` degrees of freedom. */
export const tCdf = (t: number, df: number): number =>
  Number.isNaN(t) ? Number.NaN : t > 0 ? 1 - tTail(t, df) : tTail(t, df);

const logTDensity = (t: number, df: number): number =>
  logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * Math.log(df * Math.PI) - ((df + 1) / 2) * Math.log1p((t * t) / df);

/** The quantile: the t below which the share `p` lies. */
export function tQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? Number.NEGATIVE_INFINITY : p === 1 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (p === 0.5) return 0;
  if (p < 0.5) return -tQuantile(1 - p, df);
  const tail = 1 - p;
  let high = 1;
  while (tTail(high, df) > tail) high *= 2;
  let low = high === 1 ? 0 : high / 2;
  // Bisection to a bracket, then Newton's steps inside it.
  for (let i = 0; i < 20; i++) {
    const middle = (low + high) / 2;
    if (tTail(middle, df) > tail) low = middle;
    else high = middle;
  }
  let t = (low + high) / 2;
  for (let i = 0; i < 8; i++) {
    const next = t + (tTail(t, df) - tail) / Math.exp(logTDensity(t, df));
    if (!(next >= low && next <= high) || next === t) break;
    t = next;
  }
  return t;
}

/** `p`: the two-sided p-value of no gain. */
export type Gain = { mean: number; low: number; high: number; p: number };

/** 95 % interval of the mean of paired differences (after − before, so that more is better), and its p-value. */
export function pairedGain(differences: readonly number[], level = 0.95): Gain {
  const n = differences.length;
  const m = mean(differences);
  // One pair gives no standard deviation.
  if (n < 2 || !Number.isFinite(m))
    return { mean: m, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, p: 1 };
  const error = sd(differences) / Math.sqrt(n);
  // Equal differences, up to rounding of the scores: the interval is that one number.
  if (error <= 1e-12 * Math.max(1e-300, Math.abs(m))) return { mean: m, low: m, high: m, p: m === 0 ? 1 : 0 };
  const half = tQuantile((1 + level) / 2, n - 1) * error;
  return { mean: m, low: m - half, high: m + half, p: Math.min(1, 2 * tTail(Math.abs(m / error), n - 1)) };
}

/** Holm's step-down adjustment: p-values that may be compared with one threshold, whatever their number. */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[index]));
    adjusted[index] = largest;
  });
  return adjusted;
}

/** The metric of a gain: its name determines whether it ends at 1, `better` is the direction in which it improves. */
export type Measure = { name: string; better: "higher" | "lower" };

const ENDS_AT_ONE = new Set([
  "accuracy",
  "balancedAccuracy",
  "binaryAccuracy",
  "auc",
  "f1",
  "topKAccuracy",
  "exactMatch",
  "r2",
]);

/** The least gain worth a change. For a score that ends at 1: this many points, or this part of the distance to 1 where that is less; for a loss: this part of it. Chosen by hand. */
const [POINTS, MISSING, OF_LOSS] = [0.03, 0.15, 0.05];
/** The usual level: one claim in twenty by chance, after Holm's adjustment where several are made. */
const LEVEL = 0.05;

/** The least mean gain that is worth a change of the plan. */
export function worthHaving(before: number, metric: Measure): number {
  if (ENDS_AT_ONE.has(metric.name)) return Math.min(POINTS, MISSING * Math.max(0, 1 - before));
  return OF_LOSS * Math.abs(before);
}

/** The differences, with a sign such that more is better for any metric. */
export const improvements = (before: readonly number[], after: readonly number[], { better }: Measure): number[] =>
  before.map((value, i) => (better === "higher" ? after[i] - value : value - after[i]));

type Verdict = "helps" | "hurts" | "unclear";

type Outcome = {
  gain: Gain;
  /** The least gain that is worth a change. */
  worth: number;
  /** Whether the gain is significant and large enough. */
  gains: boolean;
  verdict: Verdict;
};

/**
 * Evaluates a change by its scores seed by seed. `p` is the p-value after Holm's adjustment where several finalists were
 * tried. Scores must be numbers: a training that ended in NaN is given the score of the baseline before.
 */
export function gains(before: readonly number[], after: readonly number[], metric: Measure, p?: number): Outcome {
  const gain = pairedGain(improvements(before, after, metric));
  const worth = worthHaving(mean(before), metric);
  const apart = (p ?? gain.p) < LEVEL;
  const helps = apart && gain.low > 0 && gain.mean >= worth && gain.mean > 0;
  const hurts = gain.high < 0 && -gain.mean >= worth;
  return { gain, worth, gains: helps, verdict: helps ? "helps" : hurts ? "hurts" : "unclear" };
}
