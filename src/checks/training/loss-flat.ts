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
      of: "part of the first loss that the training takes off",
      value: [NONE, FULL],
      origin: "published",
      source: "TheDeepChecker calls less than 5 % over its window stagnation; here the window is the whole training",
    },
  ],
  needs: ["steps.loss"],
  also: ["epochs", "initial"],
  detect({ steps, epochs, initial }) {
    const { loss } = lossCurve({ epochs, steps });
    const first = initial?.loss ?? steps.loss[0];
    if (loss.length < 2 || steps.loss.length < 10) return unknown("more steps");
    const last = loss.slice(-Math.max(1, Math.floor(loss.length / 5)));
    const level = mean(last);
    if (!Number.isFinite(first) || !Number.isFinite(level)) return;
    const fall = (Math.max(first, loss[0]) - level) / Math.max(Math.abs(first), 1e-12);
    if (fall > NONE || fall < -1) return;
    return {
      strength: ramp(fall, NONE, FULL),
      says: `The training loss starts at ${number(first)} and ends at ${number(level)}: ${fall > 0 ? `${percent(fall)} lower` : "not lower"}.`,
      values: { first, last: level, fall },
    };
  },
});
