/** The training loss does not fall. */
import { mean } from "../../data/statistics.ts";
import { defineCheck, unknown } from "../check.ts";
import { lossCurve } from "../scores.ts";
import { number, percent, ramp } from "../words.ts";

const [FULL, NONE] = [0.01, 0.08];

export const lossFlat = defineCheck({
  id: "loss-flat",
  title: "The training loss does not fall",
  thresholds: [
    {
      of: "share of the initial loss by which the training loss falls",
      value: [NONE, FULL],
      origin: "published",
      source: "TheDeepChecker calls less than 5 % over its window a stagnation; here the window is the whole training",
    },
  ],
  needs: ["steps.loss"],
  also: ["epochs", "initial"],
  detect({ steps, epochs, initial }) {
    const { loss, per } = lossCurve({ epochs, steps });
    const first = initial?.loss ?? steps.loss[0];
    if (loss.length < 2 || steps.loss.length < 10) return unknown("more steps");
    const last = loss.slice(-Math.max(1, Math.floor(loss.length / 5)));
    const level = mean(last);
    if (!Number.isFinite(first) || !Number.isFinite(level)) return;
    const fall = (Math.max(first, loss[0]) - level) / Math.max(Math.abs(first), 1e-12);
    if (fall > NONE || fall < -1) return;
    // The first epoch may end above the loss before training: the higher of the two is what the end is compared with.
    const from = Math.max(first, loss[0]);
    const measured = initial ? "before training" : "in the first step";
    const when = first >= loss[0] ? measured : per === "epoch" ? "after the first epoch" : "in the first steps";
    const lower = (from - level) / Math.max(Math.abs(from), 1e-12);
    return {
      strength: ramp(fall, NONE, FULL),
      says: `The training loss is ${number(from)} ${when} and ${number(level)} at the end${lower > 0 ? `, ${percent(lower)} lower` : ": it has not fallen"}.`,
      values: { first, last: level, fall },
    };
  },
});
