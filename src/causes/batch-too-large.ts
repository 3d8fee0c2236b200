/** The batches are so large that an epoch has only a handful of steps. */
import { smallBatch, smallerBatch } from "../remedies/steps.ts";
import { defineCause, sentences } from "./cause.ts";

export const batchTooLarge = defineCause({
  id: "batch-too-large",
  class: "batch",
  title: "The batch size is too large",
  stage: "training",
  short: "the batch size is too large",
  prior: -3.24,
  fitted: true,
  signs: {
    "large-batch": [2.98, -2.72],
    "few-updates": 0.98,
    "still-improving": 0.95,
    "learns-slowly": 0.47,
    "rate-left-of-valley": 0.19,
    "validation-turns": -1.26,
    "smaller-batch-better": 1.2,
    "larger-batch-better": -0.8,
    "no-room": -2.76,
    "below-baseline": 0.38,
  },
  // All rows at once are no fault where there are steps enough.
  shows: ["few-updates", "still-improving", "learns-slowly", "rate-left-of-valley"],
  follows: true,
  proof: "trial",
  says: (seen) =>
    sentences(seen, "large-batch", "few-updates", "still-improving") || "The batch size may be too large.",
  remedies: [smallerBatch, smallBatch],
  probes: ["learning-rate-sweep", "batch-size"],
});
