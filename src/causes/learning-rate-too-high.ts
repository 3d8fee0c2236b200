/** The steps are too large: the loss diverges or oscillates, or units die. */
import { rateHundredth, rateSwept, rateSweptThird, rateTenth, rateThird, rateUsual } from "../remedies/rate.ts";
import { defineCause, sentences } from "./cause.ts";

export const learningRateTooHigh = defineCause({
  id: "learning-rate-too-high",
  class: "lr",
  title: "The learning rate is too high",
  stage: "training",
  short: "the learning rate is too high",
  prior: -3.32,
  fitted: true,
  signs: {
    "rate-right-of-valley": [3.37, -1.52],
    "rate-in-valley": -2.51,
    "rate-left-of-valley": -3,
    "rate-high": [2.25, -1.27],
    "rate-low": -1.5,
    diverges: 1.52,
    "loss-oscillates": 1.51,
    "score-swings": 1,
    "units-die": 1.17,
    "updates-large": 0.82,
    "seeds-disagree": 0.52,
    "loss-at-chance": 0.14,
    // With batches of one class every learning rate seems too high.
    "unshuffled-batches": -1.5,
    "missing-values": -3,
    "nan-at-start": -3,
    "nan-from-calm": -1,
    "no-room": -3.02,
    "below-baseline": 0.02,
  },
  follows: true,
  proof: "trial",
  says: (seen) =>
    sentences(seen, "rate-right-of-valley", "diverges", "rate-high", "loss-oscillates", "units-die") ||
    "The learning rate may be too high.",
  remedies: [rateSwept, rateSweptThird, rateTenth, rateThird, rateHundredth, rateUsual],
  probes: ["learning-rate-sweep"],
});
