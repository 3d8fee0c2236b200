/** The loss is summed over the rows of a batch, so the gradient grows with the batch size. */
import { defineCheck } from "../check.ts";
import { count, number, ramp } from "../words.ts";

const FULL = 4;

export const lossSummed = defineCheck({
  id: "loss-summed",
  title: "The loss is summed, not averaged",
  plain: true,
  thresholds: [
    {
      of: "log₂ of the batch size",
      value: [0, FULL],
      origin: "derived",
      source: "the gradient is as many times too large as the batch has rows; full at 16 times",
    },
  ],
  needs: ["training.loss.reduction", "training.batchSize"],
  detect({ training }) {
    if (training.loss.reduction !== "sum") return;
    return {
      strength: ramp(Math.log2(Math.max(1, training.batchSize)), 0, FULL),
      says: `The loss is summed over the ${count(training.batchSize, "row")} of a batch, so its gradient is ${number(training.batchSize)} times that of the mean.`,
      values: { batchSize: training.batchSize },
    };
  },
});
