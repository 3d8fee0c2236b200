/** The learning-rate sweep says that the plan's rate is above what works. */
import { defineCheck, unknown } from "../check.ts";
import { position } from "../sweep.ts";
import { number, ramp } from "../words.ts";

// A third of a decade is the grid of a sweep; the misses are shares of the fall at the best rate. Chosen by hand.
const [DECADES, MISSED, FULL] = [0.3, 0.15, 0.6];

export const rateRightOfValley = defineCheck({
  id: "rate-right-of-valley",
  title: "The learning rate lies above the valley of the sweep",
  needs: ["learningRateSweep"],
  detect({ learningRateSweep }) {
    const found = position(learningRateSweep);
    if (!found) return unknown("a sweep in which the loss falls");
    if (found.decades < DECADES || found.missed < MISSED) return;
    return {
      strength: ramp(found.missed, 0, FULL) * ramp(found.decades, 0, 1),
      says: `In ${learningRateSweep.steps} steps the rate ${number(found.own)} leaves a loss of ${number(found.ownLoss)}, ${number(found.best)} one of ${number(found.bestLoss)}: the plan's rate is ${number(found.own / found.best)} times the best.`,
      values: { own: found.own, best: found.best, decades: found.decades, missed: found.missed },
    };
  },
});
