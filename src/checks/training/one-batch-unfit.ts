/** The network cannot even learn a single batch by heart. */
import { defineCheck, unknown } from "../check.ts";
import { count, number, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.25, 0.9];

export const oneBatchUnfit = defineCheck({
  id: "one-batch-unfit",
  title: "A single batch cannot be learned by heart",
  thresholds: [
    {
      of: "loss left over, in parts of the best constant answer's",
      value: [NONE, FULL],
      origin: "by hand",
      source:
        "TheDeepChecker asks for at most 5 % of errors after 1,000 steps; a loss compares numbers and classes alike",
    },
  ],
  needs: ["overfitOneBatch"],
  detect({ overfitOneBatch: { rows, steps, last, baselineLoss } }) {
    // A loss without a best constant answer has nothing to be compared with.
    if (!Number.isFinite(baselineLoss)) return unknown("the loss of the best constant prediction");
    const left = Number.isFinite(last) ? last / Math.max(baselineLoss, 1e-12) : Number.POSITIVE_INFINITY;
    if (left <= NONE) return;
    const what = Number.isFinite(left)
      ? `a loss of ${number(last)}, ${percent(left)} of that of the best constant prediction`
      : "a loss of NaN";
    return {
      strength: ramp(left, 0, FULL),
      says: `${count(steps, "step")} on the same batch of ${count(rows, "row")} ${steps === 1 ? "leaves" : "leave"} ${what}.`,
      values: { left, rows, steps },
    };
  },
});
