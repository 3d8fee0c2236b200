/** The loss becomes NaN without having risen: that points to single values, not to the size of the steps. */
import { largest } from "../../lists.ts";
import { defineCheck } from "../check.ts";
import { count, number } from "../words.ts";

const CALM = 2;
const EARLY = 0.6;

export const nanFromCalm = defineCheck({
  id: "nan-from-calm",
  title: "The loss becomes NaN without rising first",
  thresholds: [
    {
      of: "largest loss before NaN divided by the median",
      value: CALM,
      origin: "by hand",
      source: "a divergence shows in the steps before",
    },
    {
      of: "strength within the first three steps",
      value: EARLY,
      origin: "by hand",
      source: "three steps are too few to show a rise",
    },
  ],
  needs: ["steps.loss"],
  detect({ steps: { loss } }) {
    const step = loss.findIndex((value) => !Number.isFinite(value));
    if (step < 1) return;
    const before = loss.slice(Math.max(0, step - 20), step);
    const sorted = [...loss.slice(0, step)].sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)];
    if (largest(before) > CALM * Math.max(median, 1e-12)) return;
    return {
      strength: step <= 3 ? EARLY : 1,
      says: `The training loss becomes ${Number.isNaN(loss[step]) ? "NaN" : "infinite"} after ${count(step, "step")} without rising first (median ${number(median)}).`,
      values: { step, median },
    };
  },
});
