/** Batches so large that an epoch is a handful of steps. */
import { smallBatch, smallerBatch } from "../remedies/steps.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const batchTooLarge = defineCause({
  id: "batch-too-large",
  class: "batch",
  title: "The batches are too large",
  stage: "training",
  short: "its batches are too large",
  prior: PRIOR.usual,
  signs: {
    "large-batch": [3, -2.5],
    "few-updates": 1,
    "still-improving": 0.7,
    "learns-slowly": 0.5,
    "rate-left-of-valley": 0.3,
    "validation-turns": -1,
    "smaller-batch-better": 1.2,
    "larger-batch-better": -0.8,
  },
  // All rows at once are no fault where there are steps enough.
  shows: ["few-updates", "still-improving", "learns-slowly", "rate-left-of-valley"],
  follows: true,
  proof: "trial",
  says: (seen) => sentences(seen, "large-batch", "few-updates", "still-improving") || "The batches may be too large.",
  remedies: [smallerBatch, smallBatch],
  probes: ["learning-rate-sweep", "batch-size"],
});
