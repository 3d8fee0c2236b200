/** More training rows would help, and no change of the plan does. */
import { defineCause, PRIOR, sentences } from "./cause.ts";

// Half of the strength that either sign can have.
const PLAIN = 0.5;

export const tooFewExamples = defineCause({
  id: "too-few-examples",
  class: "data",
  title: "Too few training rows",
  stage: "data",
  short: "there are too few training rows",
  prior: PRIOR.rare,
  signs: {
    "more-rows-help": [3.5, -3],
    "train-gap": [1, -1],
    "validation-turns": 0.5,
    "few-rows": 1.2,
    "wide-interval": 0.3,
    "training-unfit": -1,
    "split-drift": -1,
    "split-class-missing": -2,
  },
  // No edit of the plan brings rows: the learning curve is the evidence.
  proof: "evidence",
  // The last doubling improved the score much, or there are few rows, more of them help, and the network overfits.
  evident: (seen) =>
    seen["train-gap"] !== undefined &&
    seen["more-rows-help"] !== undefined &&
    Math.max(seen["more-rows-help"].strength, seen["few-rows"]?.strength ?? 0) >= PLAIN,
  says: (seen) => sentences(seen, "more-rows-help", "train-gap", "few-rows") || "More training rows may help.",
  remedies: [],
  probes: ["learning-curve"],
});
