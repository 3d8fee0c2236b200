/** Training has few steps in total. */
import { defineCheck, unknown } from "../check.ts";
import { count, logRamp } from "../words.ts";

const [NONE, FULL] = [1500, 60];

export const fewUpdates = defineCheck({
  id: "few-updates",
  title: "Few training steps",
  neutral: true,
  thresholds: [
    {
      of: "training steps in total",
      value: [NONE, FULL],
      origin: "by hand",
      source: "small networks that train well here need at least some hundreds of steps",
    },
  ],
  needs: ["training.epochs"],
  also: ["end", "start.stepsPerEpoch", "training.batchSize", "profile"],
  detect({ training, profile, start, end }) {
    const rows = profile?.split.train ?? Number.NaN;
    const perEpoch = start?.stepsPerEpoch ?? Math.ceil(rows / (training.batchSize ?? Number.NaN));
    const epochs = end?.reason === "early-stopping" ? end.epoch : training.epochs;
    const steps = perEpoch * epochs;
    if (!(steps > 0)) return unknown("steps per epoch");
    const strength = logRamp(steps, NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says: `Training has only ${count(steps, "step")} in total (${count(epochs, "epoch")} of ${count(perEpoch, "step")}).`,
      values: { steps, epochs, perEpoch },
    };
  },
});
