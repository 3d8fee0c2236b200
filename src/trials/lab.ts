/** Where plans are trained: never the same training twice, counted, timed, and stopped when the budget is spent. */
import type { Dataset } from "../data/dataset.ts";
import type { TrainOptions } from "../engine/engine.ts";
import type { TrainEvent } from "../engine/events.ts";
import type { Job, Jobs, Variation } from "../jobs/jobs.ts";
import type { Plan } from "../plan/plan.ts";
import { emptyRun, type Run, record } from "../run/run.ts";
import type { Clock } from "./clock.ts";

/** How much is told of a training: its score at the end; the outputs for the judged rows; the curves as well; or a look inside the layers too. */
export type Detail = "score" | "outputs" | "curves" | "layers";

export type Request = { plan: Plan; seed: number; detail?: Detail; variation?: Variation };

export type Progress = { doing: string; done: number; total: number; secondsLeft: number };

const OPTIONS: Record<Detail, Omit<TrainOptions, "seeds" | "signal">> = {
  score: { scores: 1, trainScores: false },
  outputs: { scores: 1, trainScores: false, predictions: true },
  curves: { scores: 60, trainScores: true, predictions: true },
  layers: { scores: 200, trainScores: true, snapshots: 16, predictions: true },
};
const DETAILS: Detail[] = ["score", "outputs", "curves", "layers"];

export class Lab {
  readonly jobs: Jobs;
  /** The dataset of a plan. */
  readonly load: (plan: Plan) => Promise<Dataset>;
  readonly clock: Clock;
  trainings = 0;
  readonly #known = new Map<string, { detail: Detail; run: Run }>();
  readonly #tell: (progress: Progress) => void;

  constructor(
    jobs: Jobs,
    load: (plan: Plan) => Promise<Dataset>,
    clock: Clock,
    tell: (progress: Progress) => void = () => {},
  ) {
    this.jobs = jobs;
    this.load = load;
    this.clock = clock;
    this.#tell = tell;
  }

  /** The runs in the order of the requests; null for one that did not end before the budget did. */
  async train(
    requests: readonly Request[],
    doing: string,
    watch?: (request: number, event: TrainEvent) => void,
  ): Promise<(Run | null)[]> {
    const keys = requests.map(({ plan, seed, variation }) => JSON.stringify([plan, seed, variation]));
    const missing = [...new Set(keys)]
      .map((key) => keys.indexOf(key))
      .filter((i) => !this.#has(keys[i], requests[i].detail ?? "score"));
    const jobs = missing.map(
      (i): Job => ({
        plan: requests[i].plan,
        seed: requests[i].seed,
        variation: requests[i].variation,
        options: OPTIONS[requests[i].detail ?? "score"],
      }),
    );
    const runs = await this.probe(jobs, doing, (job, event) => watch?.(missing[job], event));
    runs.forEach((run, k) => {
      const i = missing[k];
      if (run) this.#known.set(keys[i], { detail: requests[i].detail ?? "score", run });
    });
    return keys.map((key, i) => (this.#has(key, requests[i].detail ?? "score") ? this.#known.get(key)!.run : null));
  }

  #has(key: string, detail: Detail): boolean {
    const known = this.#known.get(key);
    return known !== undefined && DETAILS.indexOf(known.detail) >= DETAILS.indexOf(detail);
  }

  /** Trains jobs as they are, remembering nothing. */
  async probe(
    jobs: readonly Job[],
    doing: string,
    watch?: (job: number, event: TrainEvent) => void,
  ): Promise<(Run | null)[]> {
    const runs = jobs.map((job) => emptyRun(job.seed));
    const ended = jobs.map(() => false);
    if (jobs.length === 0 || this.clock.left === 0 || this.clock.signal.aborted) return runs.map(() => null);
    const told = { done: 0 };
    const say = () => this.#tell({ doing, done: told.done, total: jobs.length, secondsLeft: this.clock.left });
    say();
    for await (const { job, event } of this.jobs.run(jobs, { signal: this.clock.phase })) {
      runs[job] = record(runs[job], event);
      watch?.(job, event);
      if (event.type !== "end") continue;
      if (event.reason !== "stopped") {
        ended[job] = true;
        this.trainings++;
      }
      told.done++;
      say();
    }
    return runs.map((run, i) => (ended[i] ? run : null));
  }
}
