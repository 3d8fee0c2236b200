/** The validation score jumps from epoch to epoch. */
import { sd } from "../../data/statistics.ts";
import { defineCheck, unknown } from "../check.ts";
import { judged, scoresOf } from "../scores.ts";
import { number, ramp } from "../words.ts";

const [NONE, FULL] = [0.03, 0.12];

export const scoreSwings = defineCheck({
  id: "score-swings",
  title: "The score jumps from epoch to epoch",
  thresholds: [
    {
      of: "spread of the score from epoch to epoch",
      value: [NONE, FULL],
      origin: "by hand",
      source: "2 points on a few hundred rows are sampling; 8 points are not",
    },
  ],
  needs: ["epochs", "metric"],
  detect({ epochs, metric }) {
    if (epochs.length < 6 || metric.better !== "higher") return unknown("more epochs of a score that ends at 1");
    const late = scoresOf(epochs).slice(Math.floor(epochs.length / 2));
    if (!epochs.some((epoch) => judged(epoch)?.score !== undefined)) return unknown("a score by epoch");
    if (!late.every(Number.isFinite)) return;
    // Spread of the differences, so that a steady rise is no swing.
    const jumps = late.slice(1).map((value, i) => value - late[i]);
    const size = sd(jumps) / Math.SQRT2;
    if (size <= NONE) return;
    return {
      strength: ramp(size, NONE / 2, FULL),
      says: `In the second half of training, the score changes by about ${number(size)} from epoch to epoch.`,
      values: { size },
    };
  },
});
