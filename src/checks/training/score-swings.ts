/** The validation score jumps from epoch to epoch. */
import { defineCheck, unknown } from "../check.ts";
import { scoresOf } from "../scores.ts";
import { sd } from "../series.ts";
import { number, ramp } from "../words.ts";

// Chosen by hand: a jump of 2 points per epoch on a few hundred rows is sampling; 8 points are not.
const [NONE, FULL] = [0.03, 0.12];

export const scoreSwings = defineCheck({
  id: "score-swings",
  title: "The score jumps from epoch to epoch",
  needs: ["epochs", "metric"],
  detect({ epochs, metric }) {
    if (epochs.length < 6 || metric.better !== "higher") return unknown("more epochs of a score that ends at 1");
    const late = scoresOf(epochs).slice(Math.floor(epochs.length / 2));
    if (!late.every(Number.isFinite)) return;
    // Spread of the differences, so that a steady rise is no swing.
    const jumps = late.slice(1).map((value, i) => value - late[i]);
    const size = sd(jumps) / Math.SQRT2;
    if (size <= NONE) return;
    return {
      strength: ramp(size, NONE / 2, FULL),
      says: `In the second half the score jumps by about ${number(size)} from epoch to epoch.`,
      values: { size },
    };
  },
});
