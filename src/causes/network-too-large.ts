/** Too many or too deep layers for the data. */
import { narrower, shallower } from "../remedies/size.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const networkTooLarge = defineCause({
  id: "network-too-large",
  class: "layer",
  title: "The network is too large",
  stage: "network",
  short: "the network is too deep or too wide for its data",
  prior: PRIOR.rare,
  signs: {
    "deep-network": [4.2, -0.5],
    "many-parameters": 0.8,
    "validation-turns": 0.7,
    "train-gap": 0.5,
    "gradient-fades": 0.4,
    "loss-at-chance": 0.4,
    "seeds-disagree": 0.4,
    "start-spread": 0.8,
    "one-answer": 0.4,
    "narrow-hidden": -0.5,
    "smaller-network-better": 1.2,
    "larger-network-better": -0.8,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "deep-network", "many-parameters", "smaller-network-better", "validation-turns") ||
    "The network may be too large.",
  remedies: [shallower, narrower],
  probes: ["overfit-one-batch", "capacity"],
});
