/** In the learning-rate sweep, the learning rate of the plan is below the best. */
import { defineCheck, unknown } from "../check.ts";
import { position } from "../sweep.ts";
import { count, number, percent, ramp } from "../words.ts";

const [NONE, FULL, MISSED, FULL_MISSED] = [-0.45, -2, 0.3, 0.8];

export const rateLeftOfValley = defineCheck({
  id: "rate-left-of-valley",
  title: "The learning rate is below the best of the sweep",
  thresholds: [
    {
      of: "decades from the best learning rate of the sweep",
      value: [NONE, FULL],
      origin: "published",
      source:
        "learning-rate finders (fastai) usually recommend a tenth of the best, so a decade below is weak; full at two",
    },
    {
      of: "share of the fall of the loss at the best learning rate that is not achieved",
      value: [MISSED, FULL_MISSED],
      origin: "by hand",
      source: "where the loss falls as far with the learning rate of the plan, its distance does not matter",
    },
  ],
  needs: ["learningRateSweep"],
  detect({ learningRateSweep }) {
    const found = position(learningRateSweep);
    if (!found) return unknown("a sweep in which the loss falls");
    if (found.decades > NONE || found.missed < MISSED) return;
    const achieved =
      found.missed < 1
        ? `has reduced the loss by ${percent(1 - found.missed)} of what ${number(found.best)} achieves`
        : `has not reduced the loss, but ${number(found.best)} has`;
    return {
      strength: ramp(found.decades, NONE / 2, FULL) * ramp(found.missed, 0, FULL_MISSED),
      says: `After ${count(learningRateSweep.steps, "step")}, learning rate ${number(found.own)} ${achieved}.`,
      values: { own: found.own, best: found.best, decades: found.decades, missed: found.missed },
    };
  },
});
