/** Trains plans: each training only once, counted, charged to the budget, and stopped when that is spent. */
import type { TrainOptions } from "../engine/engine.ts";
import type { TrainEvent } from "../engine/events.ts";
import type { Job, Jobs, Variation } from "../jobs/jobs.ts";
import type { Plan } from "../plan/plan.ts";
import { emptyRun, type Run, record } from "../run/run.ts";
import type { Budget } from "./budget.ts";
import type { Emit } from "./events.ts";
import type { Load } from "./subject.ts";

/** How much is recorded of a training: its score at the end; also the outputs for the evaluated rows; also the curves; or also snapshots of the layers. */
export type Detail = "score" | "outputs" | "curves" | "layers";

type Request = { plan: Plan; seed: number; detail?: Detail; variation?: Variation };

const OPTIONS: Record<Detail, Omit<TrainOptions, "seeds" | "signal">> = {
  score: { scores: 1, trainScores: false },
  outputs: { scores: 1, trainScores: false, predictions: true },
  curves: { scores: 60, trainScores: true, predictions: true },
  layers: { scores: 200, trainScores: true, snapshots: 16, predictions: true },
};
const DETAILS: Detail[] = ["score", "outputs", "curves", "layers"];

type Undone = { doing: string; left: number; of: number };

/** The sentence about trainings that were not done. */
export function undoneSays(undone: readonly Undone[], signal?: AbortSignal): string {
  const kinds = [...new Set(undone.map(({ doing }) => doing))].map((doing) => {
    const own = undone.filter((one) => one.doing === doing);
    const sum = (of: (one: Undone) => number) => own.reduce((total, one) => total + of(one), 0);
    return `${doing} (${sum(({ left }) => left)} of ${sum(({ of }) => of)})`;
  });
  return `${signal?.aborted ? "It was interrupted" : "The budget ended"} before all trainings were done: ${kinds.join(", ")}.`;
}

export class Lab {
  readonly jobs: Jobs;
  readonly budget: Budget;
  /** Loads the dataset of a plan; absent where only scores can be measured. */
  readonly load: Load | undefined;
  readonly emit: Emit;
  /** The cost of a job, in trainings of the plan. */
  price: (job: Job) => number = () => 1;
  trainings = 0;
  /** Where the budget ended before all trainings: how many were done, of how many. */
  readonly undone: Undone[] = [];
  readonly #known = new Map<string, { detail: Detail; run: Run }>();
  #jobs = 0;

  constructor(jobs: Jobs, budget: Budget, load?: Load, emit: Emit = () => {}) {
    this.jobs = jobs;
    this.budget = budget;
    this.load = load;
    this.emit = emit;
  }

  /** The runs in the order of the requests; null for one that had not ended when the budget was spent. */
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
    const runs = await this.#carryOut(jobs, doing, { parts: true }, (job, event) => watch?.(missing[job], event));
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

  /** Trains jobs without keeping their results for later requests; none of them where not all fit the budget. */
  probe(
    jobs: readonly Job[],
    doing: string,
    watch?: (job: number, event: TrainEvent) => void,
  ): Promise<(Run | null)[]> {
    return this.#carryOut(jobs, doing, { parts: false }, watch);
  }

  async #carryOut(
    jobs: readonly Job[],
    doing: string,
    { parts }: { parts: boolean },
    watch?: (job: number, event: TrainEvent) => void,
  ): Promise<(Run | null)[]> {
    const begun = jobs.slice(0, this.budget.charge(jobs.map(this.price), parts));
    const runs = jobs.map((job) => emptyRun(job.seed));
    const ended = jobs.map(() => false);
    if (begun.length > 0) {
      const first = this.#jobs;
      this.#jobs += begun.length;
      const { left, unit } = this.budget;
      this.emit({ type: "stage", doing, total: begun.length, left, unit });
      for (const [i, { plan, seed }] of begun.entries()) this.emit({ type: "job", job: first + i, plan, seed });
      const accompanied = begun.map((job) => ({ ...job, options: { ...job.options, accompanied: true } }));
      const sent = unit === "trainings" ? accompanied : begun;
      for await (const { job, event } of this.jobs.run(sent, { signal: this.budget.phase })) {
        runs[job] = record(runs[job], event);
        this.emit({ type: "train", job: first + job, event });
        watch?.(job, event);
        if (event.type !== "end" || event.reason === "stopped") continue;
        ended[job] = true;
        this.trainings++;
      }
    }
    const left = ended.filter((one) => !one).length;
    if (left > 0) this.undone.push({ doing, left, of: jobs.length });
    return runs.map((run, i) => (ended[i] ? run : null));
  }
}
