/** NaN, infinite or empty cells reach the network. */
import { dropMissing, imputeMean, imputeMedian } from "../remedies/rows.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const missingValues = defineCause({
  id: "missing-values",
  class: "prep",
  title: "Empty cells reach the network",
  stage: "data",
  short: "cells without a number reach it",
  prior: PRIOR.usual,
  signs: { "missing-values": [6, -6], "nan-at-start": 1.5, "nan-from-calm": 1.5, diverges: 0.5 },
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
