/** The score of the plan as checks see it, and what it is compared with. */

import type { Baseline, Case, EpochRecord, Measured, Metric } from "../case/case.ts";
import { isShare as inPercent } from "../data/metrics.ts";
import { mean } from "../data/statistics.ts";
import { finite } from "./series.ts";
import { number, percent } from "./words.ts";

const CONSTANT = new Set(["majority class", "commonest token", "mean", "median", "constant"]);

/** The baseline that never looks at the inputs. */
export const majority = (baselines: readonly Baseline[]): Baseline | undefined =>
  baselines.find((one) => CONSTANT.has(one.name));

/** The best baseline that does look at them. */
export const bestBaseline = (baselines: readonly Baseline[], better: "higher" | "lower"): Baseline | undefined => {
  const clever = baselines.filter((one) => !CONSTANT.has(one.name) && Number.isFinite(one.value));
  return clever.sort((a, b) => (better === "higher" ? b.value - a.value : a.value - b.value))[0];
};

/** Standard error of a score that is a share, judged on so many rows. At least that of a share of 2 %: a perfect score of few rows is not certain. */
export const samplingError = (share: number, rows: number): number =>
  Math.sqrt(Math.max(0.02, Math.min(0.25, share * (1 - share))) / Math.max(1, rows));

/** How a sentence shows scores of a metric: a share in percent, as the headline does, any other as a plain number. */
export const scoreText =
  ({ name }: { name: string }) =>
  (score: number): string =>
    inPercent(name) && Number.isFinite(score) ? percent(score) : number(score);

/** The score is a share of the judged rows, or of those of each class. */
export const isShare = ({ name }: Metric): boolean =>
  name === "accuracy" || name === "balancedAccuracy" || name === "binaryAccuracy";

/** The score counts rows, not classes. */
export const ofRows = ({ name }: Metric): boolean => name === "accuracy" || name === "topKAccuracy" || name === "loss";

/** The part of an epoch that the metric judges. */
export const judged = (epoch: EpochRecord): Measured | undefined => epoch.validation ?? epoch.train ?? undefined;

/** The judged score by epoch; NaN where it was not measured. */
export const scoresOf = (epochs: readonly EpochRecord[]): number[] =>
  epochs.map((epoch) => judged(epoch)?.score ?? Number.NaN);

/** The score of the training rows in the last epoch that has one. */
export const lastTrainScore = (epochs: readonly EpochRecord[]): number | undefined =>
  epochs.findLast((epoch) => epoch.train?.score !== undefined)?.train?.score;

/** The training loss by epoch: as evaluated where every epoch was, else as it ran; the two are never mixed. */
export function trainLosses(epochs: readonly EpochRecord[]): number[] {
  for (const pick of [(epoch: EpochRecord) => epoch.train?.loss, (epoch: EpochRecord) => epoch.running]) {
    const losses = epochs.map(pick).filter((loss) => loss !== undefined);
    if (losses.length === epochs.length) return losses;
  }
  return [];
}

/** The final score: mean over the seeds that ended in a number, NaN when none did; else of the last epoch that has one. */
export function finalScore({ scores, epochs }: Pick<Case, "scores" | "epochs">): number | undefined {
  if (scores && scores.length > 0) {
    const known = finite(scores);
    // Where most seeds end in NaN, the plan ends in NaN.
    return known.length * 2 > scores.length ? mean(known) : Number.NaN;
  }
  return epochs?.map((epoch) => judged(epoch)?.score).findLast((score) => score !== undefined);
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
