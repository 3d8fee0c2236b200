/** Not even the training rows are fitted. */
import { defineCheck, unknown } from "../check.ts";
import { lastTrainScore } from "../scores.ts";
import { number, ramp } from "../words.ts";

const [NONE, FULL] = [0.93, 0.6];

export const trainingUnfit = defineCheck({
  id: "training-unfit",
  title: "Not even the training rows are fitted",
  thresholds: [
    {
      of: "score of the training rows",
      value: [NONE, FULL],
      origin: "by hand",
      source: "a network that can learn its rows by heart scores above",
    },
  ],
  needs: ["epochs", "metric"],
  detect({ epochs, metric }) {
    const score = lastTrainScore(epochs);
    if (score === undefined || metric.better !== "higher") return unknown("a training score that ends at 1");
    if (!(score < NONE)) return;
    return {
      strength: ramp(score, NONE, FULL),
      says: `The training rows themselves are scored ${number(score)}.`,
      values: { score },
    };
  },
});
