/** The training makes few steps in all. */
import { defineCheck, unknown } from "../check.ts";
import { count, logRamp } from "../words.ts";

const [NONE, FULL] = [1500, 60];

export const fewUpdates = defineCheck({
  id: "few-updates",
  title: "The training makes few steps",
  neutral: true,
  thresholds: [
    {
      of: "steps of the training",
      value: [NONE, FULL],
      origin: "by hand",
      source: "small networks that train well here take from some hundreds of steps on",
    },
  ],
  needs: ["training.epochs"],
  also: ["end", "start.stepsPerEpoch", "training.batchSize", "profile"],
  detect({ training, profile, start, end }) {
    const rows = profile?.split.train ?? Number.NaN;
    const perEpoch = start?.stepsPerEpoch ?? Math.ceil(rows / (training.batchSize ?? Number.NaN));
    const epochs = end?.reason === "early-stopping" ? end.epoch : training.epochs;
    const steps = perEpoch * epochs;
    if (!(steps > 0)) return unknown("steps of an epoch");
    const strength = logRamp(steps, NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says: `${count(epochs, "epoch")} of ${count(perEpoch, "step")} ${steps === 1 ? "is" : "are"} only ${count(steps, "step")} in total.`,
      values: { steps, epochs, perEpoch },
    };
  },
});
