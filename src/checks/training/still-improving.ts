/** The training ends while the loss still falls. */
import { smallest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { lossCurve } from "../scores.ts";
import { forecast, trend } from "../series.ts";
import { number, percent, ramp } from "../words.ts";

const [NONE, FULL, LONGER] = [0.12, 0.6, 3];
const [LITTLE, MUCH] = [0.01, 0.1];
const [ERRORS, TURNED] = [2, 1.1];

export const stillImproving = defineCheck({
  id: "still-improving",
  title: "The loss still falls at the end",
  thresholds: [
    {
      of: "part of the loss that training on would take off",
      value: [NONE, FULL],
      origin: "by hand",
      source: "an eighth is told",
    },
    {
      of: "times the training",
      value: LONGER,
      origin: "by hand",
      source: "as far as a curve can be continued from its last part",
    },
    {
      of: "the same in parts of where it began",
      value: [LITTLE, MUCH],
      origin: "by hand",
      source: "the tail of a trained network falls for ever and gains nothing",
    },
    {
      of: "standard errors of the last third's slope",
      value: ERRORS,
      origin: "derived",
      source: "two errors: a fall, not noise",
    },
    {
      of: "validation loss by its lowest",
      value: TURNED,
      origin: "by hand",
      source: "where it already turns, more of the same would not help",
    },
  ],
  needs: ["epochs"],
  also: ["steps.loss", "initial", "start.constantLoss"],
  detect({ epochs, steps, initial, start }) {
    const { loss } = lossCurve({ epochs, steps });
    if (loss.length < 6) return unknown("a longer curve");
    if (!loss.every(Number.isFinite)) return;
    const end = trend(loss, { last: Math.max(5, Math.round(loss.length / 3)) });
    // The trend of the last third must be no accident of its noise.
    if (end.slope > -ERRORS * end.error) return;
    const last = end.intercept + end.slope * (end.n - 1);
    const later = forecast(loss, loss.length * LONGER);
    if (!later || last <= 0) return;
    // A curve that flattens never falls further than its tangent.
    const tangent = (-end.slope * (LONGER - 1) * loss.length) / last;
    const gain = Math.min((last - later.value) / last, tangent);
    // Validation that already turns says that more of the same would not help.
    const validation = epochs.flatMap((epoch) => epoch.validation?.loss ?? []);
    const best = smallest(validation);
    if (validation.length >= 6 && validation[validation.length - 1] > best * TURNED) return;
    const first = start?.constantLoss ?? initial?.loss ?? loss[0];
    const part = (gain * last) / Math.max(Number.isFinite(first) ? first : loss[0], last, 1e-12);
    if (gain < NONE || part < LITTLE) return;
    return {
      strength: ramp(gain, 0, FULL) * ramp(part, LITTLE / 2, MUCH),
      says: `The training loss still falls at the end (${number(last)}); three times as many epochs would bring it to about ${number(last * (1 - gain))}, ${percent(gain)} lower.`,
      values: { last, forecast: last * (1 - gain), error: later.error, gain, longer: LONGER },
    };
  },
});
