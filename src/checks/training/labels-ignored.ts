/** With permuted labels the training comes out as well. */
import { scoreName } from "../../data/metrics.ts";
import { defineCheck } from "../check.ts";
import { scoreText } from "../scores.ts";
import { ramp } from "../words.ts";

const [FULL, NONE] = [0.01, 0.05];

export const labelsIgnored = defineCheck({
  id: "labels-ignored",
  title: "Permuting the labels makes no difference",
  thresholds: [
    {
      of: "points of the score, or parts of the loss, that the labels gain",
      value: [NONE, FULL],
      origin: "by hand",
      source: "as for inputs-ignored",
    },
  ],
  needs: ["shuffledLabels", "metric"],
  detect({ shuffledLabels: { score, loss, plain }, metric }) {
    const gain =
      metric.better === "higher" ? plain.score - score : (loss - plain.loss) / Math.max(Math.abs(loss), 1e-12);
    if (!Number.isFinite(plain.loss) || !(gain < NONE)) return;
    return {
      strength: ramp(gain, NONE, FULL),
      says: `With shuffled labels, ${scoreName(metric)} is ${scoreText(metric)(score)}; with the labels as given it is ${scoreText(metric)(plain.score)}.`,
      values: { shuffled: score, plain: plain.score },
    };
  },
});
