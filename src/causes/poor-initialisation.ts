/** The initial weights are zero, equal, or far too large or small. */
import { heInit, usualInit } from "../remedies/hidden.ts";
import { defineCause, sentences } from "./cause.ts";

export const poorInitialisation = defineCause({
  id: "poor-initialisation",
  class: "init",
  title: "Poor weight initialisation",
  stage: "network",
  short: "the weights are poorly initialised",
  prior: -3.36,
  fitted: true,
  signs: {
    "symmetric-start": 5.55,
    "start-width": [3.77, -1.23],
    "start-spread": [1.27, -0.69],
    "initial-loss-high": 0.81,
    "dead-at-start": 0.56,
    "saturated-units": 0.7,
    "unscaled-inputs": -1.03,
    "seeds-disagree": 0.34,
    "no-room": -2.95,
    "below-baseline": 0.32,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "symmetric-start", "start-width", "start-spread", "initial-loss-high") ||
    "The weights may be poorly initialised.",
  remedies: [usualInit, heInit],
  probes: ["overfit-one-batch"],
});
