/** Hidden activations that saturate or share one sum, too many of them. */
import { reluHidden } from "../remedies/hidden.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const wrongHiddenActivation = defineCause({
  id: "wrong-hidden-activation",
  class: "act",
  title: "The hidden activations hold it back",
  stage: "network",
  short: "its hidden activations hold it back",
  prior: PRIOR.usual,
  signs: {
    "squashing-hidden": [4.5, -2.5],
    "saturated-units": 1,
    "gradient-fades": 0.8,
    "loss-at-chance": 0.5,
    "learns-slowly": 0.3,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "squashing-hidden", "saturated-units", "gradient-fades") ||
    "The hidden activations may hold it back.",
  remedies: [reluHidden],
  probes: ["overfit-one-batch"],
});
