/** Training ends while the loss is still falling. */
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
  title: "The training loss is still falling at the end",
  thresholds: [
    {
      of: "share by which longer training would reduce the loss",
      value: [NONE, FULL],
      origin: "by hand",
      source: "reported from an eighth",
    },
    {
      of: "length of that training, as a multiple",
      value: LONGER,
      origin: "by hand",
      source: "a curve cannot be extrapolated much further",
    },
    {
      of: "the same reduction as a share of the initial loss",
      value: [LITTLE, MUCH],
      origin: "by hand",
      source: "the loss of a trained network keeps falling without improving the score",
    },
    {
      of: "standard errors of the slope of the last third",
      value: ERRORS,
      origin: "derived",
      source: "at two standard errors it is a fall and not noise",
    },
    {
      of: "validation loss divided by its lowest",
      value: TURNED,
      origin: "by hand",
      source: "where it already rises, longer training would not help",
    },
  ],
  needs: ["epochs"],
  also: ["steps.loss", "initial", "start.constantLoss"],
  detect({ epochs, steps, initial, start }) {
    const { loss } = lossCurve({ epochs, steps });
    if (loss.length < 6) return unknown("a longer loss curve");
    if (!loss.every(Number.isFinite)) return;
    const end = trend(loss, { last: Math.max(5, Math.round(loss.length / 3)) });
    // The trend of the last third must be more than noise.
    if (end.slope > -ERRORS * end.error) return;
    const last = end.intercept + end.slope * (end.n - 1);
    const later = forecast(loss, loss.length * LONGER);
    if (!later || last <= 0) return;
    // A flattening curve never falls further than its tangent.
    const tangent = (-end.slope * (LONGER - 1) * loss.length) / last;
    const gain = Math.min((last - later.value) / last, tangent);
    // Where the validation loss already rises, longer training would not help.
    const validation = epochs.flatMap((epoch) => epoch.validation?.loss ?? []);
    const best = smallest(validation);
    if (validation.length >= 6 && validation[validation.length - 1] > best * TURNED) return;
    const first = start?.constantLoss ?? initial?.loss ?? loss[0];
    const part = (gain * last) / Math.max(Number.isFinite(first) ? first : loss[0], last, 1e-12);
    if (gain < NONE || part < LITTLE) return;
    return {
      strength: ramp(gain, 0, FULL) * ramp(part, LITTLE / 2, MUCH),
      says: `The training loss is still falling at the end (${number(last)}). Training ${LONGER} times as long would reduce it to about ${number(last * (1 - gain))}, ${percent(gain)} lower.`,
      values: { last, forecast: last * (1 - gain), error: later.error, gain, longer: LONGER },
    };
  },
});
