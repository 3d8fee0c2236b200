/** The training stops while it still improves. */
import { trainLonger, trainMuchLonger } from "../remedies/steps.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const tooFewEpochs = defineCause({
  id: "too-few-epochs",
  class: "epoch",
  title: "Too few epochs",
  stage: "training",
  short: "it is trained too briefly",
  prior: PRIOR.common,
  signs: {
    "still-improving": [2.8, -1.2],
    "few-updates": 2,
    "few-epochs": 1.5,
    "learns-slowly": 0.7,
    "rate-left-of-valley": -0.8,
    "rate-low": -0.8,
    "large-batch": -0.4,
    "validation-turns": -2.5,
    diverges: -3,
    "loss-oscillates": -0.5,
    "sweep-nowhere": -0.7,
  },
  follows: true,
  means: "slow",
  proof: "trial",
  says: (seen) => sentences(seen, "still-improving", "few-updates", "few-epochs") || "The training may be too short.",
  remedies: [trainLonger, trainMuchLonger],
  probes: ["learning-rate-sweep"],
});
