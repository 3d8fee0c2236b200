/** ReLU units output 0 for every row, so they get no gradient and never recover. */
import { eluHidden, heInit, leakyRelu } from "../remedies/hidden.ts";
import { rateTenth } from "../remedies/rate.ts";
import { defineCause, sentences } from "./cause.ts";

export const dyingRelu = defineCause({
  id: "dying-relu",
  class: "act",
  title: "Dead ReLU units",
  stage: "network",
  short: "ReLU units are dead",
  prior: -4.01,
  fitted: true,
  signs: {
    "dead-units": [2.83, -3.03],
    "units-die": 0.59,
    "dead-at-start": 1.15,
    "loss-at-chance": 0.62,
    "one-answer": 0.31,
    "seeds-disagree": 0.58,
    // Where the training rows are fitted, dead units do no harm.
    "training-unfit": [0, -1.03],
    // A rate that kills units is the fault before.
    "rate-high": -1.57,
    "rate-right-of-valley": -1.17,
    "deep-network": -1.5,
    "small-batch": -0.66,
    "symmetric-start": -1.57,
    "output-activation-mismatch": -0.4,
    "no-room": -2.86,
    "below-baseline": 0,
  },
  follows: true,
  proof: "trial",
  says: (seen) => sentences(seen, "dead-units", "units-die", "dead-at-start") || "ReLU units may be dead.",
  remedies: [leakyRelu, rateTenth, heInit, eluHidden],
  probes: ["learning-rate-sweep"],
});
