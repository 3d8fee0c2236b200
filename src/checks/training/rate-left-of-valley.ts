/** The learning-rate sweep says that the plan's rate is below what works. */
import { defineCheck, unknown } from "../check.ts";
import { position } from "../sweep.ts";
import { number, percent, ramp } from "../words.ts";

// A short sweep favours high rates: up to a decade below its best is where good plans stand (the usual advice is a
// tenth of the best), so only what lies beyond half a decade counts, fully from two. Chosen by hand.
const [NONE, FULL, MISSED] = [-0.45, -2, 0.3];

export const rateLeftOfValley = defineCheck({
  id: "rate-left-of-valley",
  title: "The learning rate lies below the valley of the sweep",
  needs: ["learningRateSweep"],
  detect({ learningRateSweep }) {
    const found = position(learningRateSweep);
    if (!found) return unknown("a sweep in which the loss falls");
    if (found.decades > NONE || found.missed < MISSED) return;
    return {
      strength: ramp(found.decades, NONE / 2, FULL) * ramp(found.missed, 0, 0.8),
      says: `In ${learningRateSweep.steps} steps the rate ${number(found.own)} makes ${percent(1 - found.missed)} of the way that ${number(found.best)} makes.`,
      values: { own: found.own, best: found.best, decades: found.decades, missed: found.missed },
    };
  },
});
