/** The training ends while the loss still falls. */
import { defineCheck, unknown } from "../check.ts";
import { lossCurve } from "../scores.ts";
import { forecast, trend } from "../series.ts";
import { number, percent, ramp } from "../words.ts";

// Told when three times the training would lower the loss by an eighth of what it is, fully at 60 %, and by a hundredth
// of where it began, fully at a tenth: the tail of a trained network falls for ever and gains nothing. Chosen by hand.
const [NONE, FULL, LONGER] = [0.12, 0.6, 3];
const [LITTLE, MUCH] = [0.01, 0.1];

export const stillImproving = defineCheck({
  id: "still-improving",
  title: "The loss still falls at the end",
  needs: ["epochs"],
  also: ["steps", "initial", "start"],
  detect({ epochs, steps, initial, start }) {
    const { loss } = lossCurve({ epochs, steps });
    if (loss.length < 6) return unknown("a longer curve");
    if (!loss.every(Number.isFinite)) return;
    const end = trend(loss, { last: Math.max(5, Math.round(loss.length / 3)) });
    // The trend of the last third must be no accident of its noise.
    if (end.slope > -2 * end.error) return;
    const last = end.intercept + end.slope * (end.n - 1);
    const later = forecast(loss, loss.length * LONGER);
    if (!later || last <= 0) return;
    // A curve that flattens never falls further than its tangent.
    const tangent = (-end.slope * (LONGER - 1) * loss.length) / last;
    const gain = Math.min((last - later.value) / last, tangent);
    // Validation that already turns says that more of the same would not help.
    const validation = epochs.flatMap((epoch) => epoch.validation?.loss ?? []);
    const best = Math.min(...validation);
    if (validation.length >= 6 && validation[validation.length - 1] > best * 1.1) return;
    const first = start?.constantLoss ?? initial?.loss ?? loss[0];
    const part = (gain * last) / Math.max(Number.isFinite(first) ? first : loss[0], last, 1e-12);
    if (gain < NONE || part < LITTLE) return;
    return {
      strength: ramp(gain, 0, FULL) * ramp(part, LITTLE / 2, MUCH),
      says: `The training loss still falls at the end (${number(last)}); three times the training would bring it to about ${number(last * (1 - gain))}, ${percent(gain)} lower.`,
      values: { last, forecast: last * (1 - gain), error: later.error, gain, longer: LONGER },
    };
  },
});
