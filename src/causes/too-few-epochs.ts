/** Training ends while the score is still improving. */
import { trainLonger, trainMuchLonger } from "../remedies/steps.ts";
import { defineCause, sentences } from "./cause.ts";

export const tooFewEpochs = defineCause({
  id: "too-few-epochs",
  class: "epoch",
  title: "Too few epochs",
  stage: "training",
  short: "training is too short",
  prior: -3.4,
  fitted: true,
  signs: {
    "still-improving": [2.01, -0.83],
    "few-updates": 2.33,
    "few-epochs": 1.98,
    "learns-slowly": 0.52,
    "rate-left-of-valley": -0.91,
    "rate-low": -0.8,
    "large-batch": -0.56,
    "validation-turns": -2.52,
    diverges: -3,
    "loss-oscillates": -0.53,
    "sweep-nowhere": -0.75,
    "no-room": -3.14,
    "below-baseline": 0.27,
  },
  follows: true,
  means: "slow",
  proof: "trial",
  says: (seen) => sentences(seen, "still-improving", "few-updates", "few-epochs") || "Training may be too short.",
  remedies: [trainLonger, trainMuchLonger],
  probes: ["learning-rate-sweep"],
});
