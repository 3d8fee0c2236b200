/** Batches are taken in the order of a source that is sorted by its target. */
import { defineCheck } from "../check.ts";
import { count, number } from "../words.ts";

const LEAST = 0.3;

export const unshuffledBatches = defineCheck({
  id: "unshuffled-batches",
  title: "Sorted rows are not shuffled",
  plain: true,
  thresholds: [
    {
      of: "consecutive rows with the same class, in batches",
      value: [LEAST, 1],
      origin: "by hand",
      source: "a batch that is longer than these runs contains several classes after all",
    },
  ],
  needs: ["profile", "training.shuffle", "training.batchSize"],
  detect({ profile, training: { shuffle, batchSize } }) {
    if (shuffle || !profile.order.sorted || batchSize >= profile.split.train) return;
    const run = profile.rows / Math.max(1, profile.order.runs);
    const alike =
      profile.target.kind === "classes"
        ? `about ${number(profile.split.train / Math.max(1, profile.order.runs))} consecutive training rows have the same class`
        : "consecutive rows have similar targets";
    return {
      strength: Math.min(1, Math.max(LEAST, run / batchSize)),
      says: `The rows are sorted by target and not shuffled: ${alike}, and a batch has ${count(batchSize, "row")}.`,
      values: { run, batchSize },
    };
  },
});
