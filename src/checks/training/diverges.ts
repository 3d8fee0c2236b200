/** The loss grows without bound, or ends in NaN after having been a number. */
import { defineCheck, unknown } from "../check.ts";
import { count, number } from "../words.ts";

// AUTOTRAINER calls a loss of 1,000 exploding; relative to its start, 20 times is told, and 3 times weakly. Chosen by hand.
const [WEAK, STRONG] = [3, 20];

export const diverges = defineCheck({
  id: "diverges",
  title: "The loss grows without bound",
  needs: ["steps"],
  also: ["end", "initial"],
  detect({ steps: { loss }, end, initial }) {
    if (loss.length === 0) return unknown("steps");
    const first = initial?.loss ?? loss[0];
    if (!Number.isFinite(first)) return;
    const broken = loss.findIndex((value) => !Number.isFinite(value));
    if (broken >= 0 || end?.reason === "diverged") {
      const step = broken >= 0 ? broken : (end?.divergedAt?.step ?? loss.length);
      const before = Math.max(first, ...loss.slice(0, step).filter(Number.isFinite));
      const rise = before / Math.max(first, 1e-12);
      return {
        strength: 1,
        says: `The loss starts at ${number(first)}${rise > 2 ? `, rises to ${number(before)}` : ""} and is no number after ${count(step, "step")}.`,
        // NaN out of a calm loss points at single cells; NaN after a rise at the size of the steps.
        values: { step, rise, calm: rise < 2 },
      };
    }
    const tail = loss.slice(-Math.max(1, Math.floor(loss.length / 10)));
    const last = tail.reduce((a, b) => a + b, 0) / tail.length;
    const rise = last / Math.max(first, 1e-12);
    if (rise < WEAK) return;
    return {
      strength: rise >= STRONG ? 1 : 0.6,
      says: `The loss starts at ${number(first)} and ends at ${number(last)}.`,
      values: { step: loss.length, rise, calm: false },
    };
  },
});
