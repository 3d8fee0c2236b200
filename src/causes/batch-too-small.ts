/** The batches are so small that noise dominates the gradient. */
import { largerBatch } from "../remedies/steps.ts";
import { defineCause, sentences } from "./cause.ts";

export const batchTooSmall = defineCause({
  id: "batch-too-small",
  class: "batch",
  title: "The batch size is too small",
  stage: "training",
  short: "the batch size is too small",
  prior: -3.41,
  fitted: true,
  signs: {
    "small-batch": [4.45, -4.04],
    "loss-oscillates": 1.01,
    "score-swings": 1.05,
    "rate-right-of-valley": 0.32,
    "still-improving": -0.5,
    "larger-batch-better": 1.2,
    "smaller-batch-better": -0.8,
    "no-room": -2.87,
    "below-baseline": 0.72,
  },
  follows: true,
  proof: "trial",
  says: (seen) =>
    sentences(seen, "small-batch", "score-swings", "loss-oscillates") || "The batch size may be too small.",
  remedies: [largerBatch],
  probes: ["learning-rate-sweep", "batch-size"],
});
