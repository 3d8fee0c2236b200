/** Batches are taken in the order of a source that is sorted by its target. */
import { defineCheck } from "../check.ts";
import { number } from "../words.ts";

export const unshuffledBatches = defineCheck({
  id: "unshuffled-batches",
  title: "A batch sees one class at a time",
  needs: ["profile", "plan"],
  detect({ profile, plan }) {
    const { shuffle, batchSize } = plan.training;
    if (shuffle || !profile.order.sorted || batchSize >= profile.split.train) return;
    const run = profile.rows / Math.max(1, profile.order.runs);
    return {
      // A batch that spans several runs sees several classes after all.
      strength: Math.min(1, Math.max(0.3, run / batchSize)),
      says: `The rows are sorted by the target and not shuffled: ${number(run)} rows of one kind follow each other, in batches of ${batchSize}.`,
      values: { run, batchSize },
    };
  },
});
