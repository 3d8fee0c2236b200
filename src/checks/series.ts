/** What time-series checks share: a condition must hold for a while, so each function states its window and its error. */

import { mean } from "../data/statistics.ts";
import { largest, smallest } from "../lists.ts";

export const finite = (series: readonly number[]): number[] => series.filter(Number.isFinite);

type Line = { slope: number; intercept: number /** Standard error of the slope. */; error: number; n: number };

/** Least squares line through (x, y). */
export function line(x: readonly number[], y: readonly number[]): Line {
  const n = y.length;
  const [mx, my] = [mean(x), mean(y)];
  const sxx = x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
  const sxy = x.reduce((sum, v, i) => sum + (v - mx) * (y[i] - my), 0);
  const slope = sxx > 0 ? sxy / sxx : 0;
  const intercept = my - slope * mx;
  const residual = y.reduce((sum, v, i) => sum + (v - intercept - slope * x[i]) ** 2, 0);
  return {
    slope,
    intercept,
    error: n > 2 && sxx > 0 ? Math.sqrt(residual / (n - 2) / sxx) : Number.POSITIVE_INFINITY,
    n,
  };
}

/** The trend per entry over the last `last` entries. */
export function trend(series: readonly number[], { last }: { last: number }): Line {
  const window = series.slice(-last);
  return line(
    window.map((_, i) => i),
    window,
  );
}

/** Means of `bins` equal stretches: a step-by-step series made readable. */
export function bins(series: readonly number[], howMany: number): number[] {
  const n = Math.min(howMany, series.length);
  return Array.from({ length: n }, (_, i) =>
    mean(series.slice(Math.floor((i * series.length) / n), Math.floor(((i + 1) * series.length) / n))),
  );
}

/** Share of neighbours in the series where it turns round by at least `least`, peak to trough. */
export function swings(series: readonly number[], least: number): { count: number; share: number; largest: number } {
  let [count, largest, extreme, direction] = [0, 0, series[0], 0];
  for (const value of series.slice(1)) {
    const move = value - extreme;
    if (direction !== 0 && Math.sign(move) === -direction && Math.abs(move) >= least) {
      count++;
      largest = Math.max(largest, Math.abs(move));
      direction = -direction;
      extreme = value;
    } else if (direction === 0 ? Math.abs(move) >= least : Math.sign(move) === direction) {
      direction = Math.sign(move);
      extreme = value;
    }
  }
  return { count, share: series.length > 1 ? count / (series.length - 1) : 0, largest };
}

type Forecast = {
  value: number /** Expected error of `value`, from the entries held back from the fit. */;
  error: number;
  floor: number;
};

type Curve = (t: number) => number;

/** y = floor + a·t^−b or floor + a·e^−bt through (t, y): with the floor given, a straight line in logarithms. */
function curveFor(
  t: readonly number[],
  y: readonly number[],
  floor: number,
  kind: "power" | "exponential",
): Curve | undefined {
  const x = kind === "power" ? t.map(Math.log) : t;
  const logs = y.map((v) => Math.log(v - floor));
  if (!logs.every(Number.isFinite)) return;
  const { slope, intercept } = line(x, logs);
  if (slope >= 0) return;
  return (at) => floor + Math.exp(intercept + slope * (kind === "power" ? Math.log(at) : at));
}

// Floors tried, in parts of the range already covered, below the lowest value: fine near it, coarse far below. Chosen by hand.
const FLOORS = Array.from({ length: 30 }, (_, i) => 0.002 * 1.3 ** i);

function bestCurve(t: readonly number[], y: readonly number[]): { curve: Curve; floor: number } | undefined {
  const low = smallest(y);
  const range = largest(y) - low;
  if (range <= 0) return;
  const floors = FLOORS.map((part) => low - part * range);
  const possible = low >= 0 ? [...floors.filter((floor) => floor >= 0), 0] : floors;
  let best: { curve: Curve; floor: number; miss: number } | undefined;
  for (const floor of possible)
    for (const kind of ["power", "exponential"] as const) {
      const curve = curveFor(t, y, floor, kind);
      if (!curve) continue;
      const miss = y.reduce((sum, v, i) => sum + (v - curve(t[i])) ** 2, 0);
      if (!best || miss < best.miss) best = { curve, floor, miss };
    }
  return best;
}

// The first steps of a training follow another law than the rest: its later part is what is continued.
const FITTED = 0.6;

/** Where a falling series will be at entry `to` (counted from 1). The error: how far a fit without the last entries misses them, scaled by the distance. */
export function forecast(series: readonly number[], to: number): Forecast | undefined {
  if (series.length < 6 || !series.every(Number.isFinite)) return;
  const from = Math.min(series.length - 5, Math.floor(series.length * (1 - FITTED)));
  const t = series.slice(from).map((_, i) => from + i + 1);
  const y = series.slice(from);
  const best = bestCurve(t, y);
  if (!best) return;
  const held = Math.max(1, Math.floor(y.length / 5));
  const early = bestCurve(t.slice(0, -held), y.slice(0, -held));
  const miss = early ? mean(y.slice(-held).map((v, i) => Math.abs(v - early.curve(t[t.length - held + i])))) : 0;
  const noise = mean(y.map((v, i) => Math.abs(v - best.curve(t[i]))));
  const reach = Math.sqrt(Math.max(1, (to - series.length) / held));
  return { value: best.curve(to), error: Math.max(noise, miss * reach), floor: best.floor };
}
