/** The training loss grows without bound, or becomes NaN. */
import { mean } from "../../data/statistics.ts";
import { defineCheck, unknown } from "../check.ts";
import { trainLosses } from "../scores.ts";
import { count, number } from "../words.ts";

const [WEAK, STRONG] = [3, 20];
const [RISES, CALM] = [0.6, 2];

export const diverges = defineCheck({
  id: "diverges",
  title: "The training loss diverges",
  thresholds: [
    {
      of: "final loss divided by the initial loss",
      value: [WEAK, STRONG],
      origin: "by hand",
      source: "AUTOTRAINER calls a loss of 1,000 exploding; here it is relative to the initial loss",
    },
    {
      of: "strength of a weak rise",
      value: RISES,
      origin: "by hand",
      source: "a loss of three times its initial value may still fall again",
    },
    {
      of: "rise before NaN below which the loss counts as stable",
      value: CALM,
      origin: "by hand",
      source: "NaN after a stable loss points to single values; NaN after a rise points to the size of the steps",
    },
  ],
  needs: [],
  also: ["steps.loss", "epochs", "end", "initial"],
  detect({ steps, epochs = [], end, initial }) {
    const loss = steps?.loss ?? trainLosses(epochs);
    if (loss.length === 0) return unknown("steps", "epochs");
    const first = initial?.loss ?? loss[0];
    // Where the first epoch ends in NaN, it is not known whether the loss was NaN from the start.
    if (!Number.isFinite(first)) return steps?.loss ? undefined : unknown("steps");
    const broken = loss.findIndex((value) => !Number.isFinite(value));
    if (broken >= 0 || end?.reason === "diverged") {
      const step = broken >= 0 ? broken : ((steps?.loss && end?.divergedAt?.step) ?? loss.length);
      const before = Math.max(first, ...loss.slice(0, step).filter(Number.isFinite));
      const rise = before / Math.max(first, 1e-12);
      const unit = steps?.loss ? "step" : "epoch";
      const infinite = broken >= 0 && !Number.isNaN(loss[broken]);
      return {
        strength: 1,
        says: `The training loss starts at ${number(first)}${rise > CALM ? `, rises to ${number(before)}` : ""} and becomes ${infinite ? "infinite" : "NaN"} ${step === 0 ? `in the first ${unit}` : `after ${count(step, unit)}`}.`,
        values: { step, rise, calm: rise < CALM },
      };
    }
    const tail = loss.slice(-Math.max(1, Math.floor(loss.length / 10)));
    const last = mean(tail);
    const rise = last / Math.max(first, 1e-12);
    if (rise < WEAK) return;
    return {
      strength: rise >= STRONG ? 1 : RISES,
      says: `The training loss rises from ${number(first)} at the start to ${number(last)} at the end.`,
      values: { step: loss.length, rise, calm: false },
    };
  },
});
