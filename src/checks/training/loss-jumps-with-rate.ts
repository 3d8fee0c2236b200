/** The loss jumps up where the schedule raises the rate. */

import { mean } from "../../data/statistics.ts";
import { largest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { number, ramp } from "../words.ts";

const JUMP = 2;
const [RISES, FULL] = [1.3, 3];

export const lossJumpsWithRate = defineCheck({
  id: "loss-jumps-with-rate",
  title: "The loss jumps where the rate does",
  thresholds: [
    {
      of: "rise of the rate from step to step",
      value: JUMP,
      origin: "by hand",
      source: "a restart multiplies the rate at once; a warm-up raises it step by step",
    },
    {
      of: "loss of ten steps after by ten before",
      value: [RISES, FULL],
      origin: "by hand",
      source: "batches differ by less",
    },
  ],
  needs: ["steps.loss", "steps.rate"],
  detect({ steps: { loss, rate } }) {
    if (rate.length !== loss.length || rate.length < 20) return unknown("rates by step");
    const jumps = rate.flatMap((value, i) => (i >= 5 && value > JUMP * rate[i - 1] && i + 5 < rate.length ? [i] : []));
    if (jumps.length === 0) return;
    const rises = jumps.map(
      (i) => mean(loss.slice(i, i + 10)) / Math.max(1e-12, mean(loss.slice(Math.max(0, i - 10), i))),
    );
    const worst = largest(rises);
    if (!(worst > RISES)) return;
    const at = jumps[rises.indexOf(worst)];
    return {
      strength: ramp(worst, 1, FULL),
      says: `At step ${at}, the learning rate jumps to ${number(rate[at])} and the loss to ${number(worst)} times its level.`,
      values: { step: at, rise: worst },
    };
  },
});
