/** The learning-rate sweep finds nothing wrong with the plan's rate. */
import { defineCheck, unknown } from "../check.ts";
import { position } from "../sweep.ts";
import { number } from "../words.ts";

const [BELOW, ABOVE, MISSED] = [-1, 0.5, 0.25];

export const rateInValley = defineCheck({
  id: "rate-in-valley",
  title: "The learning rate lies in the valley of the sweep",
  neutral: true,
  thresholds: [
    {
      of: "decades from the best rate of the sweep",
      value: [BELOW, ABOVE],
      origin: "by hand",
      source: "a short sweep favours high rates, so a decade below its best is in the valley",
    },
    {
      of: "part of the best rate's fall that is missed",
      value: MISSED,
      origin: "by hand",
      source: "a quarter is what neighbouring rates of a sweep differ by",
    },
  ],
  needs: ["learningRateSweep"],
  detect({ learningRateSweep }) {
    const found = position(learningRateSweep);
    if (!found) return unknown("a sweep in which the loss falls");
    if (found.decades > ABOVE || found.decades < BELOW || found.missed > MISSED) return;
    return {
      strength: 1 - 2 * found.missed,
      says: `The learning rate ${number(found.own)} is about as good as any in the sweep (best: ${number(found.best)}).`,
      values: { own: found.own, best: found.best },
    };
  },
});
