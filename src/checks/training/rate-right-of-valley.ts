/** In the learning-rate sweep, the learning rate of the plan is above the best. */
import { defineCheck, unknown } from "../check.ts";
import { position } from "../sweep.ts";
import { count, number, ramp } from "../words.ts";

const [DECADES, MISSED, FULL] = [0.3, 0.15, 0.6];

export const rateRightOfValley = defineCheck({
  id: "rate-right-of-valley",
  title: "The learning rate is above the best of the sweep",
  thresholds: [
    {
      of: "decades from the best learning rate of the sweep",
      value: [DECADES, 1],
      origin: "derived",
      source: "the learning rates of the sweep are half a decade apart",
    },
    {
      of: "share of the fall of the loss at the best learning rate that is not achieved",
      value: [MISSED, FULL],
      origin: "by hand",
      source: "a learning rate at which the loss falls as far is not too high",
    },
  ],
  needs: ["learningRateSweep"],
  detect({ learningRateSweep }) {
    const found = position(learningRateSweep);
    if (!found) return unknown("a sweep in which the loss falls");
    if (found.decades < DECADES || found.missed < MISSED) return;
    const own = `learning rate ${number(found.own)} (the plan)`;
    const best = `${number(found.best)} (the best of the sweep)`;
    const outcome = Number.isFinite(found.ownLoss)
      ? `the training loss is ${number(found.ownLoss)} with ${own} and ${number(found.bestLoss)} with ${best}`
      : `training has diverged with ${own}, and the training loss is ${number(found.bestLoss)} with ${best}`;
    return {
      strength: ramp(found.missed, 0, FULL) * ramp(found.decades, 0, 1),
      says: `After ${count(learningRateSweep.steps, "step")}, ${outcome}.`,
      values: { own: found.own, best: found.best, decades: found.decades, missed: found.missed },
    };
  },
});
