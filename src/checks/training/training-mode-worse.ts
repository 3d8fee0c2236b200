/** The loss of the same rows is far higher in training mode: dropout or noise is active. */
import { mean } from "../../data/statistics.ts";
import { defineCheck, unknown } from "../check.ts";
import { count, number, ramp } from "../words.ts";

const [NONE, FULL] = [1.3, 4];

export const trainingModeWorse = defineCheck({
  id: "training-mode-worse",
  title: "The loss is far higher in training mode",
  thresholds: [
    {
      of: "loss in training mode divided by that in evaluation mode",
      value: [NONE, FULL],
      origin: "by hand",
      source: "a dropout rate of 0.5 about doubles the running loss of a network that generalizes well",
    },
  ],
  needs: ["epochs"],
  detect({ epochs }) {
    // The running loss of an epoch lies between the evaluations before and after it, unless something is active in training only.
    const ratios = epochs.flatMap(({ running, train }, i) => {
      const before = epochs[i - 1]?.train?.loss;
      return running !== undefined && train?.loss !== undefined && before !== undefined
        ? [running / Math.max(before, train.loss, 1e-12)]
        : [];
    });
    const late = ratios.slice(-Math.max(2, Math.floor(ratios.length / 3)));
    if (late.length < 2) return unknown("running and evaluated training loss");
    const ratio = mean(late);
    if (!(ratio > NONE)) return;
    return {
      strength: ramp(ratio, 1, FULL),
      says: `In training mode, the loss of the training rows is ${number(ratio)} times that in evaluation mode (mean of ${count(late.length, "epoch")}).`,
      values: { ratio },
    };
  },
});
