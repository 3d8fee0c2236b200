/** What carries out a Plan: ours, or later any command of the user. */
import type { Dataset } from "../data/dataset.ts";
import type { Plan } from "../plan/plan.ts";
import type { Checkpoint, TrainEvent } from "./events.ts";

export type TrainOptions = {
  seeds: readonly number[];
  /** Stops between two calls of the runtime: an AbortSignal, or anything that tells as much. */
  signal?: { readonly aborted: boolean };
  /** How many times to look inside the layers (0: never). Default 0. */
  snapshots?: number;
  /** Score after every epoch (default), or at so many points spread over the training. The last epoch is always scored. */
  scores?: "every" | number;
  /** Score the training part too (up to 4,096 rows of it). Default true. */
  trainScores?: boolean;
  /** Tell the outputs for the judged rows at the end. */
  predictions?: boolean;
  /** Tell the weights at the end, unless it diverged or was stopped. */
  weights?: boolean;
  /** Score the part held back for the very end. */
  test?: boolean;
  /** Go on after the loss is no number, as Keras does: for timing. */
  throughNaN?: boolean;
  /** Has the same bits alone as stacked with others: one that may be stacked is trained beside a twin. */
  accompanied?: boolean;
  /** Tell a checkpoint every so many epochs. */
  checkpoints?: number;
  /** Go on from a checkpoint of the same plan, data and (single) seed. */
  from?: Checkpoint;
};

export interface Engine {
  train(plan: Plan, data: Dataset, options: TrainOptions): AsyncIterable<TrainEvent>;
}
