/** Every step follows the gradient of very few rows. */
import { defineCheck } from "../check.ts";
import { count, logRamp, number } from "../words.ts";

const [NONE, FULL] = [6, 1]; // rows; chosen by hand

export const smallBatch = defineCheck({
  id: "small-batch",
  title: "Very small batches",
  needs: ["plan", "profile"],
  detect({ plan: { training }, profile }) {
    // With few rows a batch can only be small.
    if (profile.split.train < 16 * training.batchSize) return;
    const strength = logRamp(training.batchSize, NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says: `A batch holds ${count(training.batchSize, "row")} of ${number(profile.split.train)}.`,
      values: { batchSize: training.batchSize },
    };
  },
});
