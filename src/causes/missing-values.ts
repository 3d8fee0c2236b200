/** NaN, infinite or empty cells reach the network. */
import { dropMissing, imputeMean, imputeMedian } from "../remedies/rows.ts";
import { defineCause, sentences } from "./cause.ts";

export const missingValues = defineCause({
  id: "missing-values",
  class: "prep",
  title: "Empty cells reach the network",
  stage: "data",
  short: "cells without a number reach it",
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
    sentences(seen, "missing-values", "nan-at-start", "nan-from-calm") ||
    "Cells without a number may reach the network.",
  remedies: [imputeMedian, dropMissing, imputeMean],
  probes: [],
});
