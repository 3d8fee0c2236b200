/** The loss is not a number before anything was learned. */
import { defineCheck, unknown } from "../check.ts";

export const nanAtStart = defineCheck({
  id: "nan-at-start",
  title: "The loss is NaN from the first step",
  thresholds: [{ of: "loss before the first step", value: 0, origin: "exact", source: "it is a number or it is not" }],
  needs: [],
  also: ["initial", "steps.loss"],
  detect({ initial, steps }) {
    const first = initial?.loss ?? steps?.loss?.[0];
    if (first === undefined) return unknown("initial", "steps");
    // A table with a few empty cells meets the first of them a little later, out of a calm loss.
    if (Number.isFinite(first)) return;
    return {
      strength: 1,
      says: `The loss is ${Number.isNaN(first) ? "NaN" : "infinite"} before the first step.`,
      values: { step: 0 },
    };
  },
});
