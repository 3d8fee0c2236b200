/** At no learning rate does the loss fall. */
import { largest, smallest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { FALLS, position } from "../sweep.ts";
import { number } from "../words.ts";

export const sweepNowhere = defineCheck({
  id: "sweep-nowhere",
  title: "No learning rate makes the loss fall",
  thresholds: [
    {
      of: "part of the first loss that the best rate takes off",
      value: FALLS,
      origin: "by hand",
      source: "a sweep that nowhere falls by 2 % says nothing about the rate",
    },
  ],
  needs: ["learningRateSweep"],
  detect({ learningRateSweep: sweep }) {
    if (!Number.isFinite(sweep.start)) return unknown("a loss at the start");
    if (position(sweep)) return;
    return {
      strength: 1,
      says: `No learning rate from ${number(smallest(sweep.rates))} to ${number(largest(sweep.rates))} lowers the initial loss of ${number(sweep.start)}.`,
    };
  },
});
