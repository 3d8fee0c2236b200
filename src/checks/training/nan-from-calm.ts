/** The loss turns into NaN at a step without having grown: single cells, not the size of the steps. */
import { largest } from "../../lists.ts";
import { defineCheck } from "../check.ts";
import { count, number } from "../words.ts";

const CALM = 2;
const EARLY = 0.6;

export const nanFromCalm = defineCheck({
  id: "nan-from-calm",
  title: "The loss turns into NaN out of a calm course",
  thresholds: [
    { of: "loss before by its median", value: CALM, origin: "by hand", source: "divergence shows in the steps before" },
    {
      of: "strength within the first steps",
      value: EARLY,
      origin: "by hand",
      source: "three steps are too few to have seen a rise",
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
      says: `After ${count(step, "step")} with a stable loss of about ${number(median)}, the loss becomes NaN within one step.`,
      values: { step, median },
    };
  },
});
