/** The network cannot fit even a single batch. */
import { defineCheck, unknown } from "../check.ts";
import { count, number, ramp } from "../words.ts";

const [NONE, FULL] = [0.25, 0.9];

export const oneBatchUnfit = defineCheck({
  id: "one-batch-unfit",
  title: "The network cannot fit a single batch",
  thresholds: [
    {
      of: "remaining loss divided by that of the best constant prediction",
      value: [NONE, FULL],
      origin: "by hand",
      source:
        "TheDeepChecker asks for at most 5 % of errors after 1,000 steps; a loss compares numbers and classes alike",
    },
  ],
  needs: ["overfitOneBatch"],
  detect({ overfitOneBatch: { rows, steps, last, baselineLoss } }) {
    // Without the loss of the best constant prediction there is nothing to compare with.
    if (!Number.isFinite(baselineLoss)) return unknown("the loss of the best constant prediction");
    const left = Number.isFinite(last) ? last / Math.max(baselineLoss, 1e-12) : Number.POSITIVE_INFINITY;
    if (left <= NONE) return;
    return {
      strength: ramp(left, 0, FULL),
      says: `After ${count(steps, "step")} on the same ${count(rows, "row")}, the training loss is ${number(last)}; the best constant prediction has ${number(baselineLoss)}.`,
      values: { left, rows, steps },
    };
  },
});
