/** The types of augmentation: a batch of rows, and the changes to each. */
import type { AugmentationName } from "../../plan/augmentation.ts";

/** The rows of a batch, which are changed in place. */
export type Batch = {
  /** rows × product of shape */
  x: Float32Array;
  /** rows × width */
  y: Float32Array;
  rows: number;
  /** The number of rows that count; those after them only pad the batch. */
  real: number;
};

type Step = { name: AugmentationName; amount: number };

/** The augmentation of every batch, with all measurements for it, as plain values that can be sent to a worker. */
export type Augment = {
  shape: readonly number[];
  steps: readonly Step[];
  /** The raw value 0 after scaling: black, silence. */
  blank: number;
  /** The range of the training inputs after scaling. */
  low: number;
  high: number;
  /** The standard deviation of each number of a row, or of all. */
  std: readonly number[];
};
