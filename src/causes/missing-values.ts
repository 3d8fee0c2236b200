/** Missing values, NaN or infinity reach the network. */
import { dropMissing, imputeMean, imputeMedian } from "../remedies/rows.ts";
import { defineCause, sentences } from "./cause.ts";

export const missingValues = defineCause({
  id: "missing-values",
  class: "prep",
  title: "Missing values reach the network",
  stage: "data",
  short: "the inputs contain missing values",
  prior: -3.1,
  fitted: true,
  signs: {
    "missing-values": [6.01, -6.01],
    "nan-at-start": 1.5,
    "nan-from-calm": 1.51,
    diverges: 0.51,
    "no-room": -3,
    "below-baseline": 0.7,
  },
  preparation: true,
  proof: "both",
  // One such cell makes every weight NaN: nothing else has to be shown.
  evident: (seen) => seen["missing-values"] !== undefined,
  says: (seen) =>
    sentences(seen, "missing-values", "nan-at-start", "nan-from-calm") || "The inputs may contain missing values.",
  remedies: [imputeMedian, dropMissing, imputeMean],
  probes: [],
});
