/** The steps are too large: the loss diverges, oscillates, or units die. */
import { rateHundredth, rateSwept, rateSweptThird, rateTenth, rateThird, rateUsual } from "../remedies/rate.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const learningRateTooHigh = defineCause({
  id: "learning-rate-too-high",
  class: "lr",
  title: "The learning rate is too high",
  stage: "training",
  short: "the learning rate is too high",
  prior: PRIOR.common,
  signs: {
    "rate-right-of-valley": [4, -1.5],
    "rate-in-valley": -2.5,
    "rate-left-of-valley": -3,
    "rate-high": [2.2, -0.5],
    "rate-low": -1.5,
    diverges: 1.8,
    "loss-oscillates": 1.5,
    "score-swings": 1,
    "units-die": 1.5,
    "updates-large": 1.2,
    "seeds-disagree": 0.5,
    "loss-at-chance": 0.3,
    // Batches of one class make every rate look too high.
    "unshuffled-batches": -1.5,
    "missing-values": -3,
    "nan-at-start": -3,
    "nan-from-calm": -1,
  },
  follows: true,
  proof: "trial",
  says: (seen) =>
    sentences(seen, "rate-right-of-valley", "diverges", "rate-high", "loss-oscillates", "units-die") ||
    "The learning rate may be too high.",
  remedies: [rateSwept, rateSweptThird, rateTenth, rateThird, rateHundredth, rateUsual],
  probes: ["learning-rate-sweep"],
});
