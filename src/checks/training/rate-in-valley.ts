/** The learning-rate sweep finds nothing wrong with the plan's rate. */
import { defineCheck, unknown } from "../check.ts";
import { position } from "../sweep.ts";
import { number } from "../words.ts";

export const rateInValley = defineCheck({
  id: "rate-in-valley",
  title: "The learning rate lies in the valley of the sweep",
  needs: ["learningRateSweep"],
  detect({ learningRateSweep }) {
    const found = position(learningRateSweep);
    if (!found) return unknown("a sweep in which the loss falls");
    if (found.decades > 0.5 || found.decades < -1 || found.missed > 0.25) return;
    return {
      strength: 1 - 2 * found.missed,
      says: `The rate ${number(found.own)} does as well as any in the sweep (best ${number(found.best)}).`,
      values: { own: found.own, best: found.best },
    };
  },
});
