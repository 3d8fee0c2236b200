/** The learning-rate sweep says that the plan's rate is above what works. */
import { defineCheck, unknown } from "../check.ts";
import { position } from "../sweep.ts";
import { count, number, ramp } from "../words.ts";

const [DECADES, MISSED, FULL] = [0.3, 0.15, 0.6];

export const rateRightOfValley = defineCheck({
  id: "rate-right-of-valley",
  title: "The learning rate lies above the valley of the sweep",
  thresholds: [
    {
      of: "decades from the best rate of the sweep",
      value: [DECADES, 1],
      origin: "derived",
      source: "the grid of the sweep is half a decade",
    },
    {
      of: "part of the best rate's fall that is missed",
      value: [MISSED, FULL],
      origin: "by hand",
      source: "a rate that falls as far is not too high",
    },
  ],
  needs: ["learningRateSweep"],
  detect({ learningRateSweep }) {
    const found = position(learningRateSweep);
    if (!found) return unknown("a sweep in which the loss falls");
    if (found.decades < DECADES || found.missed < MISSED) return;
    return {
      strength: ramp(found.missed, 0, FULL) * ramp(found.decades, 0, 1),
      says: `After ${count(learningRateSweep.steps, "step")}, learning rate ${number(found.own)} has a loss of ${number(found.ownLoss)}, the best one in the sweep (${number(found.best)}) of ${number(found.bestLoss)}: the plan's is ${number(found.own / found.best)} times the best.`,
      values: { own: found.own, best: found.best, decades: found.decades, missed: found.missed },
    };
  },
});
