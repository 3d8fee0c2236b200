/** Training with every input set to 0 gives the same result. */

import { scoreName } from "../../data/metrics.ts";
import { defineCheck } from "../check.ts";
import { scored } from "../scores.ts";
import { capital, number, ramp } from "../words.ts";

const [FULL, NONE] = [0.01, 0.05];

export const inputsIgnored = defineCheck({
  id: "inputs-ignored",
  title: "The inputs make no difference",
  thresholds: [
    {
      of: "points of the score, or share of the loss, gained with the inputs",
      value: [NONE, FULL],
      origin: "by hand",
      source: "two seeds differ by more; the test is Karpathy's (2019) and TheDeepChecker's",
    },
  ],
  needs: ["zeroedInputs", "metric"],
  detect({ zeroedInputs: { score, loss, plain }, metric }) {
    const byScore = metric.better === "higher" && Number.isFinite(plain.score);
    const gain = byScore ? plain.score - score : (loss - plain.loss) / Math.max(Math.abs(loss), 1e-12);
    // NaN with the inputs and a finite loss without them is a difference.
    if (!Number.isFinite(plain.loss) || !(gain < NONE)) return;
    const [without, own] = byScore
      ? [score, plain.score].map((value) => scored(metric, value))
      : [loss, plain.loss].map(number);
    const measured = byScore ? scoreName(metric) : `${metric.split} loss`;
    return {
      strength: ramp(gain, NONE, FULL),
      says: `${capital(measured)} is ${without} after training with every input set to 0, and ${own} with the inputs as they are.`,
      values: { zeroed: score, plain: plain.score },
    };
  },
});
