/** The training rows are scored far better than the validation rows. */
import { defineCheck, unknown } from "../check.ts";
import { number, ramp } from "../words.ts";

// AUTOTRAINER, DeepFD and DEFault: 0.1. The sampling error of the validation score is taken off first.
const [NONE, FULL] = [0.05, 0.3];

export const trainGap = defineCheck({
  id: "train-gap",
  title: "Training rows are scored far better",
  needs: ["epochs", "metric"],
  also: ["start"],
  detect({ epochs, metric, start }) {
    const last = epochs.at(-1);
    if (!last?.validation || !last.train || metric.better !== "higher")
      return unknown("a validation score that ends at 1");
    const rows = start?.rows.validation ?? 200;
    const spread = Math.sqrt(
      Math.max(0.02, Math.min(0.25, last.validation.score * (1 - last.validation.score))) / Math.max(1, rows),
    );
    const gap = last.train.score - last.validation.score - spread;
    if (!(gap > NONE)) return;
    return {
      strength: ramp(gap, 0, FULL),
      says: `The training rows are scored ${number(last.train.score)}, the validation rows ${number(last.validation.score)}.`,
      values: { train: last.train.score, validation: last.validation.score },
    };
  },
});
