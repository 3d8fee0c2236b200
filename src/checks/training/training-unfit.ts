/** The network does not fit the training set. */

import { metricWord } from "../../data/metrics.ts";
import { defineCheck, unknown } from "../check.ts";
import { lastTrainScore, scored } from "../scores.ts";
import { ramp } from "../words.ts";

const [NONE, FULL] = [0.93, 0.6];

export const trainingUnfit = defineCheck({
  id: "training-unfit",
  title: "The network does not fit the training set",
  thresholds: [
    {
      of: "score on the training rows",
      value: [NONE, FULL],
      origin: "by hand",
      source: "a network that can memorize its training set scores higher",
    },
  ],
  needs: ["epochs", "metric"],
  detect({ epochs, metric }) {
    const score = lastTrainScore(epochs);
    if (score === undefined || metric.better !== "higher") return unknown("a training score with a maximum of 1");
    if (!(score < NONE)) return;
    return {
      strength: ramp(score, NONE, FULL),
      says: `At the end, training ${metricWord(metric.name)} is only ${scored(metric, score)}.`,
      values: { score },
    };
  },
});
