/** The loss grows without bound, or ends in NaN after having been a number. */
import { mean } from "../../data/statistics.ts";
import { defineCheck, unknown } from "../check.ts";
import { trainLosses } from "../scores.ts";
import { count, number } from "../words.ts";

const [WEAK, STRONG] = [3, 20];
const [RISES, CALM] = [0.6, 2];

export const diverges = defineCheck({
  id: "diverges",
  title: "The loss grows without bound",
  thresholds: [
    {
      of: "loss at the end by that at the start",
      value: [WEAK, STRONG],
      origin: "by hand",
      source: "AUTOTRAINER calls a loss of 1,000 exploding; here it is relative to the start",
    },
    {
      of: "strength of a weak rise",
      value: RISES,
      origin: "by hand",
      source: "a loss of three times its start may still come down",
    },
    {
      of: "rise before NaN below which the course was calm",
      value: CALM,
      origin: "by hand",
      source: "NaN out of a calm loss points at single cells; NaN after a rise at the size of the steps",
    },
  ],
  needs: [],
  also: ["steps.loss", "epochs", "end", "initial"],
  detect({ steps, epochs = [], end, initial }) {
    const loss = steps?.loss ?? trainLosses(epochs);
    if (loss.length === 0) return unknown("steps", "epochs");
    const first = initial?.loss ?? loss[0];
    // Of a first epoch that ends in NaN nobody can say whether it began as one.
    if (!Number.isFinite(first)) return steps?.loss ? undefined : unknown("steps");
    const broken = loss.findIndex((value) => !Number.isFinite(value));
    if (broken >= 0 || end?.reason === "diverged") {
      const step = broken >= 0 ? broken : ((steps?.loss && end?.divergedAt?.step) ?? loss.length);
      const before = Math.max(first, ...loss.slice(0, step).filter(Number.isFinite));
      const rise = before / Math.max(first, 1e-12);
      return {
        strength: 1,
        says: `The loss starts at ${number(first)}${rise > CALM ? `, rises to ${number(before)}` : ""} and is no number after ${count(step, steps?.loss ? "step" : "epoch")}.`,
        values: { step, rise, calm: rise < CALM },
      };
    }
    const tail = loss.slice(-Math.max(1, Math.floor(loss.length / 10)));
    const last = mean(tail);
    const rise = last / Math.max(first, 1e-12);
    if (rise < WEAK) return;
    return {
      strength: rise >= STRONG ? 1 : RISES,
      says: `The loss starts at ${number(first)} and ends at ${number(last)}.`,
      values: { step: loss.length, rise, calm: false },
    };
  },
});
