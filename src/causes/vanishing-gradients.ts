/** The first layers hardly learn, because the gradient vanishes on its way to them. */
import { heInit, normaliseBetween, reluHidden } from "../remedies/hidden.ts";
import { shallower } from "../remedies/size.ts";
import { defineCause, sentences } from "./cause.ts";

export const vanishingGradients = defineCause({
  id: "vanishing-gradients",
  class: "act",
  title: "Vanishing gradients",
  stage: "network",
  short: "the gradients vanish in the first layers",
  prior: -3.93,
  fitted: true,
  signs: {
    "gradient-fades": [3.67, -2.04],
    "deep-network": 0.89,
    "squashing-hidden": 1.16,
    "loss-at-chance": 0.65,
    "loss-flat": 0.12,
    "one-answer": 0.35,
    "symmetric-start": -2.5,
    "dead-units": -0.87,
    "unscaled-inputs": -0.33,
    "start-width": -0.7,
    "no-room": -3.02,
    "below-baseline": 0.16,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "gradient-fades", "squashing-hidden", "deep-network") ||
    "The gradients may vanish in the first layers.",
  remedies: [reluHidden, normaliseBetween, shallower, heInit],
  probes: ["overfit-one-batch"],
});
