/** What augmentation works on: a batch of rows, and what is done to each. */
import type { AugmentationName } from "../../plan/augmentation.ts";

/** A stretch of rows that are changed in place. */
export type Batch = {
  /** rows × product of shape */
  x: Float32Array;
  /** rows × width */
  y: Float32Array;
  rows: number;
  /** Rows that count; those behind them only fill the batch. */
  real: number;
};

type Step = { name: AugmentationName; amount: number };

/** What is done to every batch, with all that was measured for it; plain, so that it travels to a worker. */
export type Augment = {
  shape: readonly number[];
  steps: readonly Step[];
  /** The raw value 0 as the network sees it: black, silence. */
  blank: number;
  /** Of the training numbers as the network sees them. */
  low: number;
  high: number;
  /** Spread of each number of a row, or of all. */
  std: readonly number[];
};
