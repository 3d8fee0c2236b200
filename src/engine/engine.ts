/** What carries out a Plan: ours, or later any command of the user. */
import type { Dataset } from "../data/dataset.ts";
import type { Plan } from "../plan/plan.ts";
import type { Checkpoint, TrainEvent } from "./events.ts";

export type TrainOptions = {
  seeds: readonly number[];
  /** Stops between two calls of the runtime: an AbortSignal, or any object with the same field. */
  signal?: { readonly aborted: boolean };
  /** How many snapshots of the layers to take. Default 0. */
  snapshots?: number;
  /** Evaluate after every epoch (default), or at this number of points over the training. The last epoch is always evaluated. */
  scores?: "every" | number;
  /** Evaluate the training part too (up to 4,096 rows of it). Default true. */
  trainScores?: boolean;
  /** Emit the outputs for the validation rows at the end, or for the training rows where there are none. */
  predictions?: boolean;
  /** Emit the weights at the end, unless the training diverged or was stopped. */
  weights?: boolean;
  /** Evaluate the held-out test rows at the very end. */
  test?: boolean;
  /** Continue after the loss is NaN, as Keras does; for timing. */
  throughNaN?: boolean;
  /** Makes the numbers bit-identical alone and stacked with others: a training that could be stacked gets a twin beside it. */
  accompanied?: boolean;
  /** Emit a checkpoint every this many epochs. */
  checkpoints?: number;
  /** Continue from a checkpoint of the same plan, data and (single) seed. */
  from?: Checkpoint;
};

export interface Engine {
  train(plan: Plan, data: Dataset, options: TrainOptions): AsyncIterable<TrainEvent>;
}
