/** Dropout, weight penalties or augmentation keep the network from learning. */
import { freeNetwork, lessDropout, removeAugmentation, removeDropout, removePenalty } from "../remedies/restraint.ts";
import { defineCause, sentences } from "./cause.ts";

export const overRegularised = defineCause({
  id: "over-regularised",
  class: "reg",
  title: "Too much regularisation",
  stage: "network",
  short: "regularisation is too strong",
  prior: -2.79,
  fitted: true,
  signs: {
    "heavy-dropout": [3.47, -0.83],
    "strong-penalty": [3.88, -0.77],
    "much-augmentation": 3,
    "training-mode-worse": 1.2,
    "training-unfit": [0.8, -0.5],
    "train-gap": -1.49,
    "validation-turns": -1.5,
    "no-restraint": -4.15,
    "dropout-on-output": -0.72,
    "no-room": -3,
    "below-baseline": 0.7,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "strong-penalty", "heavy-dropout", "much-augmentation", "training-mode-worse", "training-unfit") ||
    "Regularisation may be too strong.",
  remedies: [removePenalty, lessDropout, removeDropout, freeNetwork, removeAugmentation],
  probes: ["overfit-one-batch"],
});
