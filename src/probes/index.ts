/** The array of probes that the diagnosis chooses from, cheapest first. */
import { batchSize } from "./batch-size.ts";
import { capacity } from "./capacity.ts";
import { learningCurve } from "./learning-curve.ts";
import { learningRateSweep } from "./learning-rate-sweep.ts";
import { outOfFold } from "./out-of-fold.ts";
import { overfitOneBatch } from "./overfit-one-batch.ts";
import type { Probe } from "./probe.ts";
import { shuffledLabels } from "./shuffled-labels.ts";
import { withoutCopies } from "./without-copies.ts";
import { zeroedInputs } from "./zeroed-inputs.ts";

export const probes: readonly Probe[] = [
  overfitOneBatch,
  learningRateSweep,
  zeroedInputs,
  shuffledLabels,
  withoutCopies,
  outOfFold,
  learningCurve,
  batchSize,
  capacity,
];
