/** Target drift: how far the validation targets differ from those of the training rows. */
import type { Dataset } from "../dataset.ts";
import type { Prepared } from "../prepare.ts";
import { trainingRows } from "../rows.ts";
import { moments } from "../scale.ts";

/** Distance of the means, and ratio of the spreads, both by the training spread; of several targets the one that moved most. */
type TargetDrift = { shift: number; spread: number /** Judged rows whose target is known */; rows: number };

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
