/** The training loss jumps up where the schedule raises the learning rate. */
import { mean } from "../../data/statistics.ts";
import { largest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { count, number, ramp } from "../words.ts";

const JUMP = 2;
const [RISES, FULL] = [1.3, 3];

export const lossJumpsWithRate = defineCheck({
  id: "loss-jumps-with-rate",
  title: "The loss jumps when the learning rate rises",
  thresholds: [
    {
      of: "factor by which the learning rate rises in one step",
      value: JUMP,
      origin: "by hand",
      source: "a restart multiplies the learning rate at once; a warm-up raises it step by step",
    },
    {
      of: "mean loss of the ten steps after divided by that of the ten before",
      value: [RISES, FULL],
      origin: "by hand",
      source: "batches differ by less",
    },
  ],
  needs: ["steps.loss", "steps.rate"],
  detect({ steps: { loss, rate } }) {
    if (rate.length !== loss.length || rate.length < 20) return unknown("the learning rate of each step");
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
      says: `After ${count(at, "step")}, the learning rate jumps to ${number(rate[at])} and the training loss to ${number(worst)} times its previous level.`,
      values: { step: at, rise: worst },
    };
  },
});
