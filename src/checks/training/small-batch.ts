/** Every step uses the gradient of very few rows. */
import { defineCheck } from "../check.ts";
import { count, logRamp } from "../words.ts";

const [NONE, FULL] = [6, 1];
const BATCHES = 16;

export const smallBatch = defineCheck({
  id: "small-batch",
  title: "Very small batches",
  thresholds: [
    {
      of: "batch size",
      value: [NONE, FULL],
      origin: "by hand",
      source: "Masters & Luschi 2018 find that batches of 2 and more work; here the noise shows below 6",
    },
    { of: "batches per epoch", value: BATCHES, origin: "by hand", source: "with few rows a batch can only be small" },
  ],
  needs: ["training.batchSize", "profile"],
  detect({ training, profile }) {
    if (profile.split.train < BATCHES * training.batchSize) return;
    const strength = logRamp(training.batchSize, NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says: `The batch size is only ${training.batchSize}, with ${count(profile.split.train, "training row")}.`,
      values: { batchSize: training.batchSize },
    };
  },
});
