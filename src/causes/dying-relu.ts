/** Units are off for every row, so they get no gradient and never come back. */
import { eluHidden, heInit, leakyRelu } from "../remedies/hidden.ts";
import { rateTenth } from "../remedies/rate.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const dyingRelu = defineCause({
  id: "dying-relu",
  class: "act",
  title: "Relu units are dead",
  stage: "network",
  short: "its relu units are dead",
  prior: PRIOR.usual,
  signs: {
    "dead-units": [3.5, -3],
    "units-die": 1.8,
    "dead-at-start": 0.8,
    "loss-at-chance": 0.8,
    "one-answer": 0.7,
    "seeds-disagree": 0.8,
    // Where the training rows are fitted, dead units do no harm.
    "training-unfit": [0.5, -1],
    // A rate that kills units is the fault before.
    "rate-high": -1.5,
    "rate-right-of-valley": -1,
    "deep-network": -1.5,
    "small-batch": -0.5,
    "symmetric-start": -1.5,
    "output-activation-mismatch": -0.4,
  },
  follows: true,
  proof: "trial",
  says: (seen) => sentences(seen, "dead-units", "units-die", "dead-at-start") || "Relu units may be dead.",
  remedies: [leakyRelu, rateTenth, heInit, eluHidden],
  probes: ["learning-rate-sweep"],
});
