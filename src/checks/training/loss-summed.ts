/** The loss is summed over the rows of a batch, so the steps grow with the batch. */
import { defineCheck } from "../check.ts";
import { number, ramp } from "../words.ts";

const FULL = 4;

export const lossSummed = defineCheck({
  id: "loss-summed",
  title: "The loss is summed, not averaged",
  plain: true,
  thresholds: [
    {
      of: "binary logarithm of the batch",
      value: [0, FULL],
      origin: "derived",
      source: "each step is as many times too large as the batch has rows; 16 times is full",
    },
  ],
  needs: ["training.loss.reduction", "training.batchSize"],
  detect({ training }) {
    if (training.loss.reduction !== "sum") return;
    return {
      strength: ramp(Math.log2(Math.max(1, training.batchSize)), 0, FULL),
      says: `The loss is summed over the batch of ${number(training.batchSize)} rows instead of averaged, so each gradient is ${number(training.batchSize)} times as large.`,
      values: { batchSize: training.batchSize },
    };
  },
});
