/** The training loss falls steadily, but little. */
import { defineCheck, unknown } from "../check.ts";
import { lossCurve } from "../scores.ts";
import { trend } from "../series.ts";
import { number, percent, ramp } from "../words.ts";

const [FULL, NONE] = [0.05, 0.4];
const ERRORS = 3;

export const learnsSlowly = defineCheck({
  id: "learns-slowly",
  title: "The training loss falls steadily but slowly",
  thresholds: [
    {
      of: "share of the initial loss by which the training loss falls",
      value: [NONE, FULL],
      origin: "by hand",
      source: "less than 40 % over the whole training, and still falling",
    },
    {
      of: "standard errors of the slope over the second half",
      value: ERRORS,
      origin: "derived",
      source: "at three standard errors it is a fall and not noise",
    },
  ],
  needs: ["epochs", "steps.loss"],
  also: ["initial"],
  detect({ epochs, steps, initial }) {
    const { loss } = lossCurve({ epochs, steps });
    if (loss.length < 6) return unknown("a longer loss curve");
    if (!loss.every(Number.isFinite)) return;
    const first = initial && Number.isFinite(initial.loss) ? initial.loss : loss[0];
    const half = trend(loss, { last: Math.ceil(loss.length / 2) });
    if (half.slope >= -ERRORS * half.error || half.slope >= 0) return;
    const fall = (first - loss[loss.length - 1]) / Math.max(first, 1e-12);
    if (fall <= 0 || fall > NONE) return;
    return {
      strength: ramp(fall, NONE, FULL),
      says: `The training loss falls steadily, but only from ${number(first)} to ${number(loss[loss.length - 1])} (${percent(fall)} lower).`,
      values: { first, last: loss[loss.length - 1], fall },
    };
  },
});
