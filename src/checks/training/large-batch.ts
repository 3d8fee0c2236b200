/** A batch contains so many of the rows that an epoch has only a few steps. */
import { defineCheck } from "../check.ts";
import { count, logRamp } from "../words.ts";

const [NONE, FULL] = [10, 1];
const USUAL = 32;

export const largeBatch = defineCheck({
  id: "large-batch",
  title: "Few steps per epoch",
  thresholds: [
    {
      of: "steps per epoch",
      value: [NONE, FULL],
      origin: "by hand",
      source: "ten steps per epoch are 500 in 50 epochs, from where on small networks train well",
    },
    {
      of: "batch size",
      value: USUAL,
      origin: "published",
      source: "the default of Keras is 32, which is small for any table",
    },
  ],
  needs: ["training.batchSize", "profile"],
  detect({ training, profile }) {
    const steps = Math.ceil(profile.split.train / training.batchSize);
    const strength = logRamp(Math.max(1, steps), NONE, FULL);
    if (strength === 0 || training.batchSize <= USUAL) return;
    return {
      strength,
      says: `With batches of ${count(training.batchSize, "row")} and ${count(profile.split.train, "training row")}, an epoch has only ${count(steps, "step")}.`,
      values: { steps, batchSize: training.batchSize, rows: profile.split.train },
    };
  },
});
