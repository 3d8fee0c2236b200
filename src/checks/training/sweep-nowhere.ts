/** The loss does not fall at any learning rate. */
import { largest, smallest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { FALLS, position } from "../sweep.ts";
import { number, percent } from "../words.ts";

export const sweepNowhere = defineCheck({
  id: "sweep-nowhere",
  title: "No learning rate reduces the loss",
  thresholds: [
    {
      of: "share by which the best learning rate reduces the initial loss",
      value: FALLS,
      origin: "by hand",
      source: "a sweep in which the loss nowhere falls by 2 % is no evidence about the learning rate",
    },
  ],
  needs: ["learningRateSweep"],
  detect({ learningRateSweep: sweep }) {
    if (!Number.isFinite(sweep.start)) return unknown("a loss before training");
    if (position(sweep)) return;
    return {
      strength: 1,
      says: `No learning rate from ${number(smallest(sweep.rates))} to ${number(largest(sweep.rates))} reduces the initial loss of ${number(sweep.start)} by more than ${percent(FALLS)}.`,
    };
  },
});
