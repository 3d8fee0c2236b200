/** The curves of several seeds as one: mean, band, and where they stop being numbers. */

import { mean } from "../data/statistics.ts";
import { largest, smallest } from "../lists.ts";
import type { Curve } from "./report.ts";

export type Series = "train" | "validation" | "trainScore" | "score";

// Chosen by hand: a loss that moves by less than a tenth of itself should look as flat as it is.
const LEAST_SPAN = 0.1;

export type FoldedCurve = {
  epochs: number[];
  /** Mean, least and greatest of the finite values of each epoch; NaN where no seed has one. */
  mean: number[];
  low: number[];
  high: number[];
  /** The first epoch at which a seed was not finite, and how many seeds ever are; null when all stay finite. */
  broken: { epoch: number; seeds: number; of: number } | null;
};

/** Folds one series over the seeds; null when no seed has it. Seeds that stopped early leave the mean when they end. */
export function fold(curves: Curve[], series: Series): FoldedCurve | null {
  const present = curves.flatMap((curve) => {
    const values = curve[series];
    if (values === null || values.length === 0) return [];
    // What was not measured is no NaN of the training.
    const measured = values.some(Number.isFinite) || !curve.train.some(Number.isFinite);
    return measured ? [{ epochs: curve.epochs, values }] : [];
  });
  if (present.length === 0) return null;
  const epochs = [...new Set(present.flatMap((curve) => curve.epochs))].sort((a, b) => a - b);
  const columns = present.map(({ epochs: own, values }) => new Map(own.map((epoch, i) => [epoch, values[i]])));
  const rows = epochs.map((epoch) => columns.map((column) => column.get(epoch)).filter((value) => value !== undefined));
  const finite = rows.map((row) => row.filter(Number.isFinite));
  const breaks = present.flatMap(({ epochs: own, values }) => {
    const at = values.findIndex((value) => !Number.isFinite(value));
    return at < 0 ? [] : [own[at]];
  });
  return {
    epochs,
    mean: finite.map(mean),
    low: finite.map((row) => (row.length > 0 ? smallest(row) : NaN)),
    high: finite.map((row) => (row.length > 0 ? largest(row) : NaN)),
    broken: breaks.length > 0 ? { epoch: smallest(breaks), seeds: breaks.length, of: present.length } : null,
  };
}

/** Is there a course to show: more than one epoch, or the place where it stopped being a number? */
export const hasCourse = ({ epochs, broken }: FoldedCurve): boolean => epochs.length > 1 || broken !== null;

/** At most `most` points of a folded curve, the first and the last among them. */
export function thin(curve: FoldedCurve, most: number): FoldedCurve {
  const n = curve.epochs.length;
  if (n <= most) return curve;
  const keep = Array.from({ length: most }, (_, i) => Math.round((i * (n - 1)) / (most - 1)));
  const pick = (values: number[]) => keep.map((i) => values[i]);
  return { ...curve, epochs: pick(curve.epochs), mean: pick(curve.mean), low: pick(curve.low), high: pick(curve.high) };
}

/** The range of the finite values, widened to `least`: noise of a flat curve must not fill the picture. */
export function honestRange(values: number[], least?: number): [number, number] {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const span = least ?? LEAST_SPAN * Math.max(Math.abs(low), Math.abs(high));
  return high - low < span ? [low - (span - (high - low)) / 2, high + (span - (high - low)) / 2] : [low, high];
}

/** Is a logarithmic axis the honest one: all positive, and more than two decades? */
export function wantsLog(values: number[]): boolean {
  const finite = values.filter(Number.isFinite);
  return finite.length > 0 && finite.every((value) => value > 0) && largest(finite) / smallest(finite) > 100;
}
