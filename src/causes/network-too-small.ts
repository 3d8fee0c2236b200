/** The network cannot fit even the training rows. */
import { hiddenLayer, wider } from "../remedies/size.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const networkTooSmall = defineCause({
  id: "network-too-small",
  class: "layer",
  title: "The network is too small",
  stage: "network",
  short: "the network is too small",
  // Of 67 public threads with a known cause not one was of this kind.
  prior: PRIOR.rare,
  signs: {
    "narrow-hidden": [2.4, -1.2],
    "training-unfit": [1.2, -0.5],
    "one-batch-unfit": 1,
    "below-baseline": 1.2,
    "seeds-disagree": 0.4,
    "train-gap": -1.5,
    "validation-turns": -2,
    "linear-hidden": -0.5,
    "still-improving": -0.4,
    "heavy-dropout": -0.5,
    "larger-network-better": 1.2,
    "smaller-network-better": -0.8,
  },
  follows: true,
  proof: "trial",
  says: (seen) =>
    sentences(seen, "narrow-hidden", "training-unfit", "larger-network-better", "one-batch-unfit") ||
    "The network may be too small.",
  remedies: [wider, hiddenLayer],
  probes: ["overfit-one-batch", "baselines", "capacity"],
});
