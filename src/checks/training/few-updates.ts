/** The training makes few steps in all. */
import { defineCheck, unknown } from "../check.ts";
import { count, logRamp, number } from "../words.ts";

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
  needs: ["plan", "profile"],
  also: ["end", "start"],
  detect({ plan, profile, start, end }) {
    const perEpoch = start?.stepsPerEpoch ?? Math.ceil(profile.split.train / plan.training.batchSize);
    const epochs = end?.reason === "early-stopping" ? end.epoch : plan.training.epochs;
    const steps = perEpoch * epochs;
    if (!(steps > 0)) return unknown("training rows");
    const strength = logRamp(steps, NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says: `${count(epochs, "epoch")} of ${count(perEpoch, "step")} are ${number(steps)} steps in all.`,
      values: { steps, epochs, perEpoch },
    };
  },
});
