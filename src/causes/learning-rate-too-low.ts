/** The loss falls, but the steps are too small to get there. */
import { rateHundredfold, rateSwept, rateSweptThird, rateTenfold, rateThrice, rateUsual } from "../remedies/rate.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const learningRateTooLow = defineCause({
  id: "learning-rate-too-low",
  class: "lr",
  title: "The learning rate is too low",
  stage: "training",
  short: "the learning rate is too low",
  prior: PRIOR.common,
  signs: {
    "rate-left-of-valley": [4, -1],
    "rate-in-valley": -2,
    "rate-right-of-valley": -3,
    "rate-low": [2.2, 0],
    "rate-high": -2,
    "learns-slowly": 1.5,
    "still-improving": 1.2,
    "updates-tiny": 1.8,
    "loss-flat": 0.5,
    "plain-sgd": 0.3,
    "loss-oscillates": -1,
    diverges: -3,
    "validation-turns": -1.5,
    "gradient-fades": -0.7,
    "large-batch": -0.5,
  },
  follows: true,
  means: "slow",
  proof: "trial",
  says: (seen) =>
    sentences(seen, "rate-left-of-valley", "rate-low", "learns-slowly", "still-improving", "updates-tiny") ||
    "The learning rate may be too low.",
  remedies: [rateSweptThird, rateSwept, rateTenfold, rateUsual, rateThrice, rateHundredfold],
  probes: ["learning-rate-sweep"],
});
