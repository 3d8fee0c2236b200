/** Regression targets lie far outside what the start can reach. */
import { freeOutputAndScaleTarget } from "../remedies/output.ts";
import { standardiseTarget, targetToRange } from "../remedies/scaling.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const targetsNotScaled = defineCause({
  id: "targets-not-scaled",
  class: "prep",
  title: "The targets are not scaled",
  stage: "data",
  short: "the targets are not scaled",
  prior: PRIOR.common,
  signs: {
    "unscaled-targets": [4, -5],
    "target-out-of-reach": 0.5,
    "gradient-grows": 1,
    diverges: 0.8,
    "still-improving": 0.8,
    "learns-slowly": 0.6,
    "loss-at-chance": 0.6,
    "one-answer": 0.5,
  },
  // Large targets keep the training rows from being fitted; where those are, and no simple predictor does better, they did not.
  shows: ["training-unfit", "below-baseline", "loss-at-chance", "one-answer", "diverges"],
  preparation: true,
  proof: "trial",
  says: (seen) => sentences(seen, "unscaled-targets", "still-improving") || "The targets may need scaling.",
  remedies: [standardiseTarget, targetToRange, freeOutputAndScaleTarget],
  probes: ["learning-rate-sweep"],
});
