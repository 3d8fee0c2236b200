/** Every step follows the gradient of very few rows. */
import { defineCheck } from "../check.ts";
import { count, logRamp, number } from "../words.ts";

const [NONE, FULL] = [6, 1];
const BATCHES = 16;

export const smallBatch = defineCheck({
  id: "small-batch",
  title: "Very small batches",
  thresholds: [
    {
      of: "rows of a batch",
      value: [NONE, FULL],
      origin: "by hand",
      source: "Masters & Luschi 2018 find batches down to 2 to work; 6 is where noise begins to show here",
    },
    { of: "batches of an epoch", value: BATCHES, origin: "by hand", source: "with few rows a batch can only be small" },
  ],
  needs: ["training.batchSize", "profile"],
  detect({ training, profile }) {
    if (profile.split.train < BATCHES * training.batchSize) return;
    const strength = logRamp(training.batchSize, NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says: `The batch size is only ${number(training.batchSize)}, of ${count(profile.split.train, "training row")}.`,
      values: { batchSize: training.batchSize },
    };
  },
});
