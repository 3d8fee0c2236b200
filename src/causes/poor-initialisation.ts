/** The weights start at zero, equal, or far too large or small. */
import { heInit, usualInit } from "../remedies/hidden.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const poorInitialisation = defineCause({
  id: "poor-initialisation",
  class: "init",
  title: "The weights start badly",
  stage: "network",
  short: "its weights start badly",
  prior: PRIOR.usual,
  signs: {
    "symmetric-start": 5.5,
    "start-width": [3.5, -0.7],
    "start-spread": [1.3, -0.3],
    "initial-loss-high": 0.7,
    "dead-at-start": 0.7,
    "saturated-units": 0.7,
    "unscaled-inputs": -1,
    "seeds-disagree": 0.4,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "symmetric-start", "start-width", "start-spread", "initial-loss-high") ||
    "The initial weights may be at fault.",
  remedies: [usualInit, heInit],
  probes: ["overfit-one-batch"],
});
