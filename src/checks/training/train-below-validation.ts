/** The training rows are scored worse than the validation rows: something is only on in training. */
import { defineCheck, unknown } from "../check.ts";
import { number, ramp } from "../words.ts";

const [NONE, FULL] = [0.02, 0.2]; // chosen by hand

export const trainBelowValidation = defineCheck({
  id: "train-below-validation",
  title: "Training rows are scored worse",
  needs: ["epochs", "metric"],
  detect({ epochs, metric }) {
    const last = epochs.at(-1);
    if (!last?.validation || metric.better !== "higher") return unknown("a validation score that ends at 1");
    const gap = last.validation.score - last.train.score;
    if (!(gap > NONE)) return;
    return {
      strength: ramp(gap, 0, FULL),
      says: `With dropout and the like at work the training rows are scored ${number(last.train.score)}, the validation rows ${number(last.validation.score)}.`,
      values: { train: last.train.score, validation: last.validation.score },
    };
  },
});
