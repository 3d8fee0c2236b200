/** In training mode the same rows are answered far worse: dropout or noise is at work. */
import { mean } from "../../data/statistics.ts";
import { defineCheck, unknown } from "../check.ts";
import { number, ramp } from "../words.ts";

const [NONE, FULL] = [1.3, 4];

export const trainingModeWorse = defineCheck({
  id: "training-mode-worse",
  title: "In training mode the rows are answered far worse",
  thresholds: [
    {
      of: "loss in training mode by that in evaluation",
      value: [NONE, FULL],
      origin: "by hand",
      source: "dropout of a half about doubles the running loss of a network that generalises well",
    },
  ],
  needs: ["epochs"],
  detect({ epochs }) {
    // The running loss of an epoch lies between the evaluations before and after it, unless something is on in training only.
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
      says: `In training mode the loss is ${number(ratio)} times that of the same rows in inference mode.`,
      values: { ratio },
    };
  },
});
