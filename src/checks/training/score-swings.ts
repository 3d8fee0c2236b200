/** The score fluctuates from epoch to epoch. */

import { scoreName } from "../../data/metrics.ts";
import { sd } from "../../data/statistics.ts";
import { defineCheck, unknown } from "../check.ts";
import { evaluated, points, scoresOf } from "../scores.ts";
import { ramp } from "../words.ts";

const [NONE, FULL] = [0.03, 0.12];

export const scoreSwings = defineCheck({
  id: "score-swings",
  title: "The score fluctuates from epoch to epoch",
  thresholds: [
    {
      of: "standard deviation of the score from epoch to epoch",
      value: [NONE, FULL],
      origin: "by hand",
      source: "2 points on a few hundred rows are sampling error; 8 points are not",
    },
  ],
  needs: ["epochs", "metric"],
  detect({ epochs, metric }) {
    if (epochs.length < 6 || metric.better !== "higher") return unknown("more epochs of a score with a maximum of 1");
    const late = scoresOf(epochs).slice(Math.floor(epochs.length / 2));
    if (!epochs.some((epoch) => evaluated(epoch)?.score !== undefined)) return unknown("the score of each epoch");
    if (!late.every(Number.isFinite)) return;
    // The standard deviation of the differences, so that a steady rise does not count.
    const jumps = late.slice(1).map((value, i) => value - late[i]);
    const size = sd(jumps) / Math.SQRT2;
    if (size <= NONE) return;
    return {
      strength: ramp(size, NONE / 2, FULL),
      says: `In the second half of training, ${scoreName(metric)} fluctuates by about ${points(metric, size)} from epoch to epoch.`,
      values: { size },
    };
  },
});
