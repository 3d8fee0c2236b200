/** The hidden activations saturate, or are a softmax. */
import { reluHidden } from "../remedies/hidden.ts";
import { defineCause, sentences } from "./cause.ts";

export const wrongHiddenActivation = defineCause({
  id: "wrong-hidden-activation",
  class: "act",
  title: "Unsuitable hidden activations",
  stage: "network",
  short: "the hidden activations are unsuitable",
  prior: -3.05,
  fitted: true,
  signs: {
    "squashing-hidden": [4.72, -2.85],
    "saturated-units": 1,
    "gradient-fades": 0.8,
    "loss-at-chance": 0.41,
    "learns-slowly": 0.27,
    "no-room": -3,
    "below-baseline": 0.74,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "squashing-hidden", "saturated-units", "gradient-fades") ||
    "The hidden activations may be unsuitable.",
  remedies: [reluHidden],
  probes: ["overfit-one-batch"],
});
