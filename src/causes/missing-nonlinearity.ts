/** Hidden layers without an activation are together one linear layer. */
import { bendHidden } from "../remedies/hidden.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const missingNonlinearity = defineCause({
  id: "missing-nonlinearity",
  class: "act",
  title: "Hidden layers have no activation",
  stage: "network",
  short: "its hidden layers have no activation",
  prior: PRIOR.usual,
  signs: {
    "linear-hidden": [4, -6],
    "training-unfit": 0.8,
    "one-batch-unfit": 0.5,
    "train-gap": -0.7,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "linear-hidden", "training-unfit", "below-baseline") || "Hidden layers may lack an activation.",
  remedies: [bendHidden],
  probes: ["overfit-one-batch", "baselines"],
});
