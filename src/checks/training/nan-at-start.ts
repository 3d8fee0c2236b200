/** The loss is not a number before anything was learned. */
import { defineCheck, unknown } from "../check.ts";

export const nanAtStart = defineCheck({
  id: "nan-at-start",
  title: "The loss is NaN from the first step",
  needs: [],
  also: ["initial", "steps"],
  detect({ initial, steps }) {
    const first = initial?.loss ?? steps?.loss[0];
    if (first === undefined) return unknown("initial", "steps");
    if (Number.isFinite(first)) {
      // A table with a few empty cells meets the first of them a little later, within the first epoch, out of a calm loss.
      return;
    }
    return {
      strength: 1,
      says: `The loss is ${Number.isNaN(first) ? "NaN" : "infinite"} before the first step.`,
      values: { step: 0 },
    };
  },
});
