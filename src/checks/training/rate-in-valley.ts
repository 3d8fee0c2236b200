/** The learning rate of the plan is about as good as the best of the sweep. */
import { defineCheck, unknown } from "../check.ts";
import { position } from "../sweep.ts";
import { number } from "../words.ts";

const [BELOW, ABOVE, MISSED] = [-1, 0.5, 0.25];

export const rateInValley = defineCheck({
  id: "rate-in-valley",
  title: "The learning rate is close to the best of the sweep",
  neutral: true,
  thresholds: [
    {
      of: "decades from the best learning rate of the sweep",
      value: [BELOW, ABOVE],
      origin: "by hand",
      source: "a short sweep favours high learning rates, so one a decade below the best is close enough",
    },
    {
      of: "share of the fall of the loss at the best learning rate that is not achieved",
      value: MISSED,
      origin: "by hand",
      source: "neighbouring learning rates of a sweep differ by a quarter",
    },
  ],
  needs: ["learningRateSweep"],
  detect({ learningRateSweep }) {
    const found = position(learningRateSweep);
    if (!found) return unknown("a sweep in which the loss falls");
    if (found.decades > ABOVE || found.decades < BELOW || found.missed > MISSED) return;
    const rest = found.own === found.best ? "is the best" : `does about as well as the best, ${number(found.best)}`;
    return {
      strength: 1 - 2 * found.missed,
      says: `In the learning-rate sweep, the learning rate of the plan, ${number(found.own)}, ${rest}.`,
      values: { own: found.own, best: found.best },
    };
  },
});
