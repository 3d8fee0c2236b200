/** Not even the training rows are fitted. */
import { metricWord } from "../../data/metrics.ts";
import { defineCheck, unknown } from "../check.ts";
import { lastTrainScore, scoreText } from "../scores.ts";
import { ramp } from "../words.ts";

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
      says: `Training ${metricWord(metric.name)} itself is only ${scoreText(metric)(score)}.`,
      values: { score },
    };
  },
});
