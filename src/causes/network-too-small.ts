/** The network cannot fit even the training set. */
import { hiddenLayer, wider } from "../remedies/size.ts";
import { defineCause, sentences } from "./cause.ts";

export const networkTooSmall = defineCause({
  id: "network-too-small",
  class: "layer",
  title: "The network is too small",
  stage: "network",
  short: "the network is too small",
  // Of 67 public threads with a known cause not one was of this kind.
  prior: -3.69,
  fitted: true,
  signs: {
    "narrow-hidden": [2.94, -1.55],
    "training-unfit": [0.41, -0.22],
    "one-batch-unfit": 0.09,
    "below-baseline": 0.69,
    "seeds-disagree": 0.52,
    "train-gap": -1.52,
    "validation-turns": -2,
    "linear-hidden": -0.51,
    "still-improving": -0.09,
    "heavy-dropout": -0.5,
    "larger-network-better": 1.2,
    "smaller-network-better": -0.8,
    "no-room": -3.01,
  },
  follows: true,
  proof: "trial",
  says: (seen) =>
    sentences(seen, "narrow-hidden", "training-unfit", "larger-network-better", "one-batch-unfit") ||
    "The network may be too small.",
  remedies: [wider, hiddenLayer],
  probes: ["overfit-one-batch", "baselines", "capacity"],
});
