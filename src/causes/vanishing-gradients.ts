/** The first layers hardly move, because the gradient does not reach them. */
import { heInit, normaliseBetween, reluHidden } from "../remedies/hidden.ts";
import { shallower } from "../remedies/size.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const vanishingGradients = defineCause({
  id: "vanishing-gradients",
  class: "act",
  title: "The gradient does not reach the first layers",
  stage: "network",
  short: "the gradient does not reach its first layers",
  prior: PRIOR.usual,
  signs: {
    "gradient-fades": [3.5, -2],
    "deep-network": 0.8,
    "squashing-hidden": 0.8,
    "loss-at-chance": 0.7,
    "loss-flat": 0.3,
    "one-answer": 0.5,
    "symmetric-start": -2.5,
    "dead-units": -0.7,
    "unscaled-inputs": -0.3,
    "start-width": -0.7,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "gradient-fades", "squashing-hidden", "deep-network") ||
    "The gradient may not reach the first layers.",
  remedies: [reluHidden, normaliseBetween, shallower, heInit],
  probes: ["overfit-one-batch"],
});
