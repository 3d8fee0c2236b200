/** The loss falls, but the steps are too small to get far enough. */
import { rateHundredfold, rateSwept, rateSweptThird, rateTenfold, rateThrice, rateUsual } from "../remedies/rate.ts";
import { defineCause, sentences } from "./cause.ts";

export const learningRateTooLow = defineCause({
  id: "learning-rate-too-low",
  class: "lr",
  title: "The learning rate is too low",
  stage: "training",
  short: "the learning rate is too low",
  prior: -3.36,
  fitted: true,
  signs: {
    "rate-left-of-valley": [3.48, -0.79],
    "rate-in-valley": -2.05,
    "rate-right-of-valley": -3,
    "rate-low": 2.46,
    "rate-high": -2,
    "learns-slowly": 0.86,
    "still-improving": 1.3,
    "updates-tiny": 1.47,
    "loss-flat": 0.16,
    "plain-sgd": 0.08,
    "loss-oscillates": -1,
    diverges: -3,
    "validation-turns": -1.51,
    "gradient-fades": -0.72,
    "large-batch": -0.53,
    "no-room": -3.04,
    "below-baseline": 0,
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
