/** The score of the plan, what it is compared with, and how sentences name and print scores. */

import type { Baseline, Case, EpochRecord, Measured, Metric } from "../case/case.ts";
import { isShare } from "../data/metrics.ts";
import { mean } from "../data/statistics.ts";
import { finite } from "./series.ts";
import { count, form, number, percent } from "./words.ts";

const CONSTANT = new Set(["majority class", "commonest token", "mean", "median", "constant"]);

/** The baseline that does not use the inputs. */
export const majority = (baselines: readonly Baseline[]): Baseline | undefined =>
  baselines.find((one) => CONSTANT.has(one.name));

/** The best baseline that does use them. */
export const bestBaseline = (baselines: readonly Baseline[], better: "higher" | "lower"): Baseline | undefined => {
  const fitted = baselines.filter((one) => !CONSTANT.has(one.name) && Number.isFinite(one.value));
  return fitted.sort((a, b) => (better === "higher" ? b.value - a.value : a.value - b.value))[0];
};

/** Standard error of a score that is a share, evaluated on so many rows. At least that of a share of 2 %: a perfect score on few rows is not certain. */
export const samplingError = (share: number, rows: number): number =>
  Math.sqrt(Math.max(0.02, Math.min(0.25, share * (1 - share))) / Math.max(1, rows));

/** The score is a share of the evaluated rows, or of those of each class. */
export const countsRows = ({ name }: Metric): boolean =>
  name === "accuracy" || name === "balancedAccuracy" || name === "binaryAccuracy";

/** The score counts rows, not classes. */
export const ofRows = ({ name }: Metric): boolean => name === "accuracy" || name === "topKAccuracy" || name === "loss";

/** The part of an epoch that the score belongs to. */
export const evaluated = (epoch: EpochRecord): Measured | undefined => epoch.validation ?? epoch.train ?? undefined;

/** The score by epoch; NaN where it was not measured. */
export const scoresOf = (epochs: readonly EpochRecord[]): number[] =>
  epochs.map((epoch) => evaluated(epoch)?.score ?? Number.NaN);

/** The score of the training rows in the last epoch that has one. */
export const lastTrainScore = (epochs: readonly EpochRecord[]): number | undefined =>
  epochs.findLast((epoch) => epoch.train?.score !== undefined)?.train?.score;

/** The training loss by epoch: evaluated where every epoch was, else the mean over its batches; the two are never mixed. */
export function trainLosses(epochs: readonly EpochRecord[]): number[] {
  for (const pick of [(epoch: EpochRecord) => epoch.train?.loss, (epoch: EpochRecord) => epoch.running]) {
    const losses = epochs.map(pick).filter((loss) => loss !== undefined);
    if (losses.length === epochs.length) return losses;
  }
  return [];
}

/** The final score: the mean over the seeds that did not end in NaN, NaN where most did; else the score of the last epoch that has one. */
export function finalScore({ scores, epochs }: Pick<Case, "scores" | "epochs">): number | undefined {
  if (scores && scores.length > 0) {
    const known = finite(scores);
    // Where most seeds end in NaN, the plan ends in NaN.
    return known.length * 2 > scores.length ? mean(known) : Number.NaN;
  }
  return epochs?.map((epoch) => evaluated(epoch)?.score).findLast((score) => score !== undefined);
}

/** Training losses by epoch, or, where there are too few epochs for a curve, by stretches of steps. */
export function lossCurve(
  { epochs, steps: { loss: byStep } = {} }: Pick<Case, "epochs" | "steps">,
  least = 8,
): { loss: number[]; per: "epoch" | "stretch"; epochs: number } {
  const byEpoch = trainLosses(epochs ?? []);
  if (byEpoch.length >= least || !byStep || byStep.length < 2 * least)
    return { loss: byEpoch, per: "epoch", epochs: byEpoch.length };
  const stretches = Math.min(24, Math.floor(byStep.length / 2));
  const size = byStep.length / stretches;
  const loss = Array.from({ length: stretches }, (_, i) =>
    mean(byStep.slice(Math.round(i * size), Math.round((i + 1) * size))),
  );
  return { loss, per: "stretch", epochs: byEpoch.length };
}

/** A score as it is printed: in percent where it is a share. */
export const scored = ({ name }: Pick<Metric, "name">, value: number): string =>
  isShare(name) && Number.isFinite(value) ? percent(value) : number(value);

/** A difference of two scores: "3.5 points" of a share, else a number. */
export const points = ({ name }: Pick<Metric, "name">, value: number): string =>
  isShare(name)
    ? `${number(Math.round(1000 * value) / 10)} ${form(Math.round(1000 * value) / 10, "point", "points")}`
    : number(value);

/** " (mean of 3 seeds)" behind a score, where it is a mean. */
export const meanOf = (seeds = 1): string => (seeds > 1 ? ` (mean of ${count(seeds, "seed")})` : "");

/** The same behind the final score. */
export const overSeeds = (scores: readonly number[] = []): string => meanOf(finite(scores).length);
