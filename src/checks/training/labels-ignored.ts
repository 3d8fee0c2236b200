/** Training with permuted labels gives the same result. */

import { scoreName } from "../../data/metrics.ts";
import { defineCheck } from "../check.ts";
import { scored } from "../scores.ts";
import { capital, number, ramp } from "../words.ts";

const [FULL, NONE] = [0.01, 0.05];

export const labelsIgnored = defineCheck({
  id: "labels-ignored",
  title: "Permuting the labels makes no difference",
  thresholds: [
    {
      of: "points of the score, or share of the loss, gained with the real labels",
      value: [NONE, FULL],
      origin: "by hand",
      source: "as for inputs-ignored",
    },
  ],
  needs: ["shuffledLabels", "metric"],
  detect({ shuffledLabels: { score, loss, plain }, metric }) {
    const byScore = metric.better === "higher";
    const gain = byScore ? plain.score - score : (loss - plain.loss) / Math.max(Math.abs(loss), 1e-12);
    if (!Number.isFinite(plain.loss) || !(gain < NONE)) return;
    const [shuffled, own] = byScore
      ? [score, plain.score].map((value) => scored(metric, value))
      : [loss, plain.loss].map(number);
    const measured = byScore ? scoreName(metric) : `${metric.split} loss`;
    return {
      strength: ramp(gain, NONE, FULL),
      says: `${capital(measured)} is ${shuffled} after training with permuted labels, and ${own} with the labels as they are.`,
      values: { shuffled: score, plain: plain.score },
    };
  },
});
