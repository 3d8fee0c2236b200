/** The learning-rate sweep says that the plan's rate is below what works. */
import { defineCheck, unknown } from "../check.ts";
import { position } from "../sweep.ts";
import { count, number, percent, ramp } from "../words.ts";

const [NONE, FULL, MISSED, FULL_MISSED] = [-0.45, -2, 0.3, 0.8];

export const rateLeftOfValley = defineCheck({
  id: "rate-left-of-valley",
  title: "The learning rate lies below the valley of the sweep",
  thresholds: [
    {
      of: "decades from the best rate of the sweep",
      value: [NONE, FULL],
      origin: "published",
      source:
        "a tenth of the best is the usual advice of learning-rate finders (fastai), so a decade below is weak; fully from two",
    },
    {
      of: "part of the best rate's fall that is missed",
      value: [MISSED, FULL_MISSED],
      origin: "by hand",
      source: "where the plan's own rate falls as far, its place is no matter",
    },
  ],
  needs: ["learningRateSweep"],
  detect({ learningRateSweep }) {
    const found = position(learningRateSweep);
    if (!found) return unknown("a sweep in which the loss falls");
    if (found.decades > NONE || found.missed < MISSED) return;
    return {
      strength: ramp(found.decades, NONE / 2, FULL) * ramp(found.missed, 0, FULL_MISSED),
      says: `After ${count(learningRateSweep.steps, "step")}, learning rate ${number(found.own)} has reduced the loss by ${percent(1 - found.missed)} of what ${number(found.best)} achieves.`,
      values: { own: found.own, best: found.best, decades: found.decades, missed: found.missed },
    };
  },
});
