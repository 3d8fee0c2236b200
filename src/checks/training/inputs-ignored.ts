/** With every input 0 the training comes out as well. */
import { scoreName } from "../../data/metrics.ts";
import { defineCheck } from "../check.ts";
import { scoreText } from "../scores.ts";
import { ramp } from "../words.ts";

const [FULL, NONE] = [0.01, 0.05];

export const inputsIgnored = defineCheck({
  id: "inputs-ignored",
  title: "The inputs make no difference",
  thresholds: [
    {
      of: "points of the score, or parts of the loss, that the inputs gain",
      value: [NONE, FULL],
      origin: "by hand",
      source: "less than two seeds differ by; the test is Karpathy's (2019) and TheDeepChecker's",
    },
  ],
  needs: ["zeroedInputs", "metric"],
  detect({ zeroedInputs: { score, loss, plain }, metric }) {
    const gain =
      metric.better === "higher" && Number.isFinite(plain.score)
        ? plain.score - score
        : (loss - plain.loss) / Math.max(Math.abs(loss), 1e-12);
    // NaN with the inputs and a number without is a difference.
    if (!Number.isFinite(plain.loss) || !(gain < NONE)) return;
    return {
      strength: ramp(gain, NONE, FULL),
      says: `With all inputs set to 0, ${scoreName(metric)} is ${scoreText(metric)(score)}; with the inputs it is ${scoreText(metric)(plain.score)}.`,
      values: { zeroed: score, plain: plain.score },
    };
  },
});
