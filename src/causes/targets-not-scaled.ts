/** The regression targets lie far outside the range that an untrained network predicts. */
import { freeOutputAndScaleTarget } from "../remedies/output.ts";
import { standardiseTarget, targetToRange } from "../remedies/scaling.ts";
import { defineCause, sentences } from "./cause.ts";

export const targetsNotScaled = defineCause({
  id: "targets-not-scaled",
  class: "prep",
  title: "The targets are not scaled",
  stage: "data",
  short: "the targets are not scaled",
  prior: -2.57,
  fitted: true,
  signs: {
    "unscaled-targets": [4.1, -5.09],
    "target-out-of-reach": 0.51,
    "gradient-grows": 1.09,
    diverges: 0.8,
    "still-improving": 0.79,
    "learns-slowly": 0.59,
    "loss-at-chance": 0.59,
    "one-answer": 0.49,
    "no-room": -3,
    "below-baseline": 0.69,
  },
  // Large targets keep the network from fitting the training set; where it does fit, and no baseline is better, they do no harm.
  shows: ["training-unfit", "below-baseline", "loss-at-chance", "one-answer", "diverges"],
  preparation: true,
  proof: "trial",
  says: (seen) => sentences(seen, "unscaled-targets", "still-improving") || "The targets may need scaling.",
  remedies: [standardiseTarget, targetToRange, freeOutputAndScaleTarget],
  probes: ["learning-rate-sweep"],
});
