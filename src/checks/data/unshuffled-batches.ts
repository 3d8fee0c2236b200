/** Batches are taken in the order of a source that is sorted by its target. */
import { defineCheck } from "../check.ts";
import { number } from "../words.ts";

const LEAST = 0.3;

export const unshuffledBatches = defineCheck({
  id: "unshuffled-batches",
  title: "A batch sees one class at a time",
  plain: true,
  thresholds: [
    {
      of: "rows of one kind that follow each other, in batches",
      value: [LEAST, 1],
      origin: "by hand",
      source: "a batch that spans several runs sees several classes after all",
    },
  ],
  needs: ["profile", "training.shuffle", "training.batchSize"],
  detect({ profile, training: { shuffle, batchSize } }) {
    if (shuffle || !profile.order.sorted || batchSize >= profile.split.train) return;
    const run = profile.rows / Math.max(1, profile.order.runs);
    return {
      strength: Math.min(1, Math.max(LEAST, run / batchSize)),
      says: `The rows are sorted by the target and not shuffled: up to ${number(run)} consecutive rows have the same target, in batches of ${batchSize}.`,
      values: { run, batchSize },
    };
  },
});
