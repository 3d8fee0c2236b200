/** Hidden layers without an activation are together one linear layer. */
import { bendHidden } from "../remedies/hidden.ts";
import { defineCause, sentences } from "./cause.ts";

export const missingNonlinearity = defineCause({
  id: "missing-nonlinearity",
  class: "act",
  title: "Hidden layers have no activation",
  stage: "network",
  short: "hidden layers have no activation",
  prior: -2.82,
  fitted: true,
  signs: {
    "linear-hidden": [4.22, -6.04],
    "training-unfit": 0.86,
    "one-batch-unfit": 0.51,
    "train-gap": -0.7,
    "no-room": -3,
    "below-baseline": 0.77,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "linear-hidden", "training-unfit", "below-baseline") || "Hidden layers may have no activation.",
  remedies: [bendHidden],
  probes: ["overfit-one-batch", "baselines"],
});
