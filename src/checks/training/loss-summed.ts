/** The loss is summed over the rows of a batch, so the steps grow with the batch. */
import { defineCheck } from "../check.ts";
import { number } from "../words.ts";

export const lossSummed = defineCheck({
  id: "loss-summed",
  title: "The loss is summed, not averaged",
  needs: ["plan"],
  detect({ plan: { training } }) {
    if (training.loss?.reduction !== "sum") return;
    return {
      strength: Math.min(1, Math.log2(Math.max(1, training.batchSize)) / 4),
      says: `The loss is summed over ${number(training.batchSize)} rows: each step is ${number(training.batchSize)} times that of the mean.`,
      values: { batchSize: training.batchSize },
    };
  },
});
