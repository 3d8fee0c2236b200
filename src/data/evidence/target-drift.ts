/** Target drift: how far the validation targets of a regression differ from the training targets. */
import type { Dataset } from "../dataset.ts";
import type { Prepared } from "../prepare.ts";
import { trainingRows } from "../rows.ts";
import { moments } from "../scale.ts";

/** `shift`: the difference of the means in standard deviations of the training targets; `spread`: the ratio of the standard deviations; `rows`: the validation rows with a known target. Of several targets the one that moved most. */
type TargetDrift = { shift: number; spread: number; rows: number };

export function targetDrift(dataset: Dataset, prepared: Prepared): TargetDrift | undefined {
  if (dataset.task !== "regression" || prepared.validation.length === 0) return undefined;
  const { y, width } = prepared;
  const [train, evaluated] = [trainingRows(prepared), prepared.validation].map((rows) => moments(y, width, rows));
  const drifts = Array.from(train.mean, (mean, c) => ({
    shift: Math.abs(evaluated.mean[c] - mean) / train.std[c],
    spread: evaluated.std[c] / train.std[c],
    rows: evaluated.count[c],
  }));
  const known = drifts.filter(({ shift, spread }) => Number.isFinite(shift) && Number.isFinite(spread));
  return known.toSorted((a, b) => b.shift - a.shift)[0];
}
