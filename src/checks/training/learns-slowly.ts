/** The loss does fall, steadily and hardly. */
import { defineCheck, unknown } from "../check.ts";
import { lossCurve } from "../scores.ts";
import { trend } from "../series.ts";
import { number, percent, ramp } from "../words.ts";

const [FULL, NONE] = [0.05, 0.4];
const ERRORS = 3;

export const learnsSlowly = defineCheck({
  id: "learns-slowly",
  title: "The loss falls steadily but slowly",
  thresholds: [
    {
      of: "part of the first loss that the training takes off",
      value: [NONE, FULL],
      origin: "by hand",
      source: "less than 40 % over a whole training that is still going on",
    },
    {
      of: "standard errors of the slope over the last half",
      value: ERRORS,
      origin: "derived",
      source: "three errors: a fall, not noise",
    },
  ],
  needs: ["epochs", "steps.loss"],
  also: ["initial"],
  detect({ epochs, steps, initial }) {
    const { loss } = lossCurve({ epochs, steps });
    if (loss.length < 6) return unknown("a longer curve");
    if (!loss.every(Number.isFinite)) return;
    const first = initial && Number.isFinite(initial.loss) ? initial.loss : loss[0];
    const half = trend(loss, { last: Math.ceil(loss.length / 2) });
    if (half.slope >= -ERRORS * half.error || half.slope >= 0) return;
    const fall = (first - loss[loss.length - 1]) / Math.max(first, 1e-12);
    if (fall <= 0 || fall > NONE) return;
    return {
      strength: ramp(fall, NONE, FULL),
      says: `The training loss falls steadily, but only from ${number(first)} to ${number(loss[loss.length - 1])} (${percent(fall)}).`,
      values: { first, last: loss[loss.length - 1], fall },
    };
  },
});
