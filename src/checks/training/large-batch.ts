/** A batch holds so much of the data that an epoch is a handful of steps. */
import { defineCheck } from "../check.ts";
import { count, logRamp, number } from "../words.ts";

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
      source: "ten steps an epoch make 500 in 50 epochs, which is where small networks begin to train well",
    },
    {
      of: "rows of a batch",
      value: USUAL,
      origin: "published",
      source: "Keras' default is 32, which is small whatever the table",
    },
  ],
  needs: ["training.batchSize", "profile"],
  detect({ training, profile }) {
    const steps = Math.ceil(profile.split.train / training.batchSize);
    const strength = logRamp(Math.max(1, steps), NONE, FULL);
    if (strength === 0 || training.batchSize <= USUAL) return;
    return {
      strength,
      says: `With a batch size of ${number(training.batchSize)} and ${count(profile.split.train, "training row")}, an epoch has only ${count(steps, "step")}.`,
      values: { steps, batchSize: training.batchSize, rows: profile.split.train },
    };
  },
});
