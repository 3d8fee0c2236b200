/** Many trainings at once: one interface over worker threads now, a fleet of machines later. */
import type { TrainOptions } from "../engine/engine.ts";
import type { Checkpoint, TrainEvent } from "../engine/events.ts";
import type { Plan } from "../plan/plan.ts";

/** What a probe does to the prepared data, after split and scaling. */
export type Variation =
  /** Every input of every row is 0. */
  | { kind: "zeroed-inputs" }
  /** The training targets change rows. */
  | { kind: "shuffled-labels" }
  /** Training on all rows but those of one fold, which are evaluated; with the rows of the validation part, where they may. */
  | { kind: "fold"; fold: number; of: number; validation: boolean }
  /** Training on the first rows of the seed's order alone, at most so many. */
  | { kind: "rows"; rows: number }
  /** The same, and evaluated on those rows. */
  | { kind: "one-batch"; rows: number };

/** Where the data that the plan names are, for a process or machine that has nothing but the job. */
type DataReference = {
  /** The folder from which the paths in the plan are found. */
  folder: string;
  /** `datasetFingerprint` of the data: a job whose data have changed is refused. */
  fingerprint?: string;
};

export type Job = {
  plan: Plan;
  /** Absent: the loader of the implementation knows where the data of the plan are. */
  data?: DataReference;
  seed: number;
  variation?: Variation;
  options?: Omit<TrainOptions, "seeds" | "signal" | "from">;
  /** Stops this job while others go on; one that has not begun is left out and has no events. */
  signal?: AbortSignal;
  /** Goes on from a checkpoint of this very job, trained alone. */
  from?: Checkpoint;
};

export type JobEvent = { job: number; event: TrainEvent };

export interface Jobs {
  /** How many trainings that do not share a graph are carried out at the same time, of all runs together. */
  readonly capacity: number;
  /**
   * Trains all jobs and yields their events as they come, those of one job in their order. An aborted signal ends every job
   * that runs (reason "stopped") and starts no other. The first job that cannot run stops the others, and its error is thrown here.
   */
  run(jobs: readonly Job[], options?: { signal?: AbortSignal }): AsyncIterable<JobEvent>;
  /** Stops what runs; nothing can be run afterwards. */
  close(): Promise<void>;
}
