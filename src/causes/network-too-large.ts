/** The network has too many layers or units for the data. */
import { narrower, shallower } from "../remedies/size.ts";
import { defineCause, sentences } from "./cause.ts";

export const networkTooLarge = defineCause({
  id: "network-too-large",
  class: "layer",
  title: "The network is too large",
  stage: "network",
  short: "the network is too deep or too wide for this data",
  prior: -4.12,
  fitted: true,
  signs: {
    "deep-network": [4.38, -1.1],
    "many-parameters": 0.8,
    "validation-turns": 0.66,
    "train-gap": 0.43,
    "gradient-fades": 0.42,
    "loss-at-chance": 0.4,
    "seeds-disagree": 0.31,
    "start-spread": 0.87,
    "one-answer": 0.35,
    "narrow-hidden": -0.51,
    "smaller-network-better": 1.2,
    "larger-network-better": -0.8,
    "no-room": -3.01,
    "below-baseline": 0.41,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "deep-network", "many-parameters", "smaller-network-better", "validation-turns") ||
    "The network may be too large.",
  remedies: [shallower, narrower],
  probes: ["overfit-one-batch", "capacity"],
});
