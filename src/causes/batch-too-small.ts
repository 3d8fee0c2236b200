/** Batches so small that noise drowns the signal. */
import { largerBatch } from "../remedies/steps.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const batchTooSmall = defineCause({
  id: "batch-too-small",
  class: "batch",
  title: "The batches are too small",
  stage: "training",
  short: "its batches are too small",
  prior: PRIOR.rare,
  signs: {
    "small-batch": [4.2, -4],
    "loss-oscillates": 0.7,
    "score-swings": 1,
    "rate-right-of-valley": 0.3,
    "still-improving": -0.5,
    "larger-batch-better": 1.2,
    "smaller-batch-better": -0.8,
  },
  follows: true,
  proof: "trial",
  says: (seen) => sentences(seen, "small-batch", "score-swings", "loss-oscillates") || "The batches may be too small.",
  remedies: [largerBatch],
  probes: ["learning-rate-sweep", "batch-size"],
});
