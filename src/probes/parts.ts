/** Which part of the Case each probe fills in, with the measurements of the data that a cause may ask for as well. */
import type { Part } from "../case/case.ts";

export const PROBES = {
  baselines: "baselines",
  "overfit-one-batch": "overfitOneBatch",
  "learning-rate-sweep": "learningRateSweep",
  "zeroed-inputs": "zeroedInputs",
  "shuffled-labels": "shuffledLabels",
  "learning-curve": "learningCurve",
  capacity: "capacity",
  "batch-size": "batchSizes",
  "without-copies": "withoutCopies",
  "near-copies": "nearCopies",
  groups: "groups",
  "suspect-labels": "suspectLabels",
  "out-of-fold": "suspectLabels",
  "single-feature": "singleFeature",
} as const satisfies Record<string, Part>;

export type ProbeId = keyof typeof PROBES;
