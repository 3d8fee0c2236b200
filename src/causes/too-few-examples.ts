/** More rows would help, nothing else does. */
import { defineCause, PRIOR, sentences } from "./cause.ts";

// Half of the strength that either sign can have.
const PLAIN = 0.5;

export const tooFewExamples = defineCause({
  id: "too-few-examples",
  class: "data",
  title: "There are too few rows",
  stage: "data",
  short: "it has too few rows to learn from",
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
  // So it is where the last doubling gained much, or where few rows still gain and are learnt by heart.
  evident: (seen) =>
    seen["train-gap"] !== undefined &&
    seen["more-rows-help"] !== undefined &&
    Math.max(seen["more-rows-help"].strength, seen["few-rows"]?.strength ?? 0) >= PLAIN,
  says: (seen) => sentences(seen, "more-rows-help", "train-gap", "few-rows") || "More rows may help.",
  remedies: [],
  probes: ["learning-curve"],
});
