/** Many trainings at once: one interface over worker threads now, a fleet of machines later. */
import type { TrainOptions } from "../engine/engine.ts";
import type { TrainEvent } from "../engine/events.ts";
import type { Plan } from "../plan/plan.ts";

/** What a probe does to the prepared data, after split and scaling. */
export type Variation =
  /** Every input of every row is 0. */
  | { kind: "zeroed-inputs" }
  /** The training targets change rows. */
  | { kind: "shuffled-labels" }
  /** Training on all rows but those of one fold, which are judged; with the rows of the validation part, where they may. */
  | { kind: "fold"; fold: number; of: number; validation: boolean }
  /** Training on the first rows of the seed's order alone, at most so many. */
  | { kind: "rows"; rows: number }
  /** The same, and judged on those rows. */
  | { kind: "one-batch"; rows: number };

export type Job = {
  plan: Plan;
  seed: number;
  variation?: Variation;
  options?: Omit<TrainOptions, "seeds" | "signal" | "from">;
};

export type JobEvent = { job: number; event: TrainEvent };

export interface Jobs {
  /**
   * Trains all jobs and tells their events as they come, in any order between jobs. An aborted signal ends every job
   * that runs (reason "stopped") and starts no other. A job that cannot run throws its error here.
   */
  run(jobs: readonly Job[], options?: { signal?: AbortSignal }): AsyncIterable<JobEvent>;
  close(): Promise<void>;
}
