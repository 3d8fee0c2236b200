/** A batch holds so much of the data that an epoch is a handful of steps. */
import { defineCheck } from "../check.ts";
import { count, logRamp, number } from "../words.ts";

const [NONE, FULL] = [10, 1]; // steps per epoch; chosen by hand

export const largeBatch = defineCheck({
  id: "large-batch",
  title: "Few steps per epoch",
  needs: ["plan", "profile"],
  detect({ plan: { training }, profile }) {
    const steps = Math.ceil(profile.split.train / training.batchSize);
    const strength = logRamp(Math.max(1, steps), NONE, FULL);
    // The usual batch of 32 is small whatever the table.
    if (strength === 0 || training.batchSize < 32) return;
    return {
      strength,
      says: `A batch of ${number(training.batchSize)} of ${number(profile.split.train)} training rows makes ${count(steps, "step")} per epoch.`,
      values: { steps, batchSize: training.batchSize, rows: profile.split.train },
    };
  },
});
