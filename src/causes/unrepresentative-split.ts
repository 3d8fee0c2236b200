/** The validation rows are distributed differently from the training rows. */
import { splitAtRandom, splitByClass } from "../remedies/rows.ts";
import { defineCause, sentences } from "./cause.ts";

// The share of rows that would have to change class, or of rows of classes that were never trained. Chosen by hand.
const EVIDENT = 0.3;

export const unrepresentativeSplit = defineCause({
  id: "unrepresentative-split",
  class: "data",
  title: "The validation split is not representative",
  stage: "data",
  short: "the validation split is not representative",
  prior: -3.09,
  fitted: true,
  signs: {
    "split-class-missing": 3.5,
    "target-drift": [2.66, -0.94],
    "tail-split": [1.68, -1.18],
    "sorted-rows": [0.95, -0.44],
    "ordered-rows": 0.4,
    "split-drift": 0.98,
    "column-drift": 0.5,
    "train-gap": 0.85,
    "separate-sources": -0.53,
    "no-room": -2.68,
    "below-baseline": 0.34,
  },
  proof: "both",
  evident: (seen) =>
    Math.max(seen["split-class-missing"]?.strength ?? 0, seen["target-drift"]?.strength ?? 0) >= EVIDENT,
  says: (seen) =>
    sentences(seen, "split-class-missing", "target-drift", "tail-split", "split-drift") ||
    "The validation split may not be representative.",
  remedies: [splitAtRandom, splitByClass],
  probes: [],
});
