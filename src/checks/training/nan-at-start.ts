/** The loss is NaN or infinite before anything is learned. */
import { defineCheck, unknown } from "../check.ts";

export const nanAtStart = defineCheck({
  id: "nan-at-start",
  title: "The loss is NaN from the start",
  thresholds: [{ of: "loss before the first step", value: 0, origin: "exact", source: "it is finite or it is not" }],
  needs: [],
  also: ["initial", "steps.loss"],
  detect({ initial, steps }) {
    const first = initial?.loss ?? steps?.loss?.[0];
    if (first === undefined) return unknown("initial", "steps");
    // With few missing values the loss is finite at first: such a table is found by nan-from-calm.
    if (Number.isFinite(first)) return;
    return {
      strength: 1,
      says: `The training loss is ${Number.isNaN(first) ? "NaN" : "infinite"} ${initial ? "before" : "in"} the first step.`,
      values: { step: 0 },
    };
  },
});
