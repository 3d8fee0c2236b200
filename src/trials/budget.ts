/** What may be spent, in seconds of wall time or in trainings of the plan: how much is left, and a signal that fires when the time is over. */

// A call of the runtime that is under way, and the report, have to fit in after the last training.
const TRAINING_SHARE = 0.95;
/** Sums of shares of a training miss whole numbers by less than this. */
const ROUNDING = 1e-9;
/** A longer timer fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** With neither: this many seconds. */
const USUAL_SECONDS = 60;

/**
 * `budget`: seconds of wall time; `trainings`: as many as cost as much as so many of the plan. With both, whichever ends first. `began`: when
 * the time began to count, as performance.now() gives it, for instance before the data were read; absent: now.
 */
export type Limits = { budget?: number | undefined; trainings?: number | undefined; began?: number };

/** However long it took to read the data, this share of the time is left for trainings: without any there would be no result. */
const LEAST_SHARE = 0.5;

/**
 * All decisions are made in one unit. In seconds they follow from what the machine does; in trainings from the plan alone: a training
 * is charged by its steps when it is scheduled, so one seed gives one report on any machine, under any load and number of threads.
 */
export class Budget {
  readonly unit: "seconds" | "trainings";
  /** Seconds; with none, time does not end. */
  readonly time: number;
  readonly signal: AbortSignal;
  /** What is kept for later, and so is not left. */
  reserved = 0;
  readonly #trainings: number;
  readonly #began: number;
  readonly #late: number;
  readonly #over = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  #charged = 0;

  /** @param outer stops everything earlier (Ctrl-C). */
  constructor({ budget, trainings, began = performance.now() }: Limits, outer?: AbortSignal) {
    this.unit = trainings === undefined ? "seconds" : "trainings";
    this.time = budget ?? (trainings === undefined ? USUAL_SECONDS : Number.POSITIVE_INFINITY);
    this.#trainings = trainings ?? 0;
    this.#began = began;
    // What reading took beyond its share is given back.
    this.#late = Number.isFinite(this.time) ? Math.max(0, this.seconds - this.time * LEAST_SHARE) : 0;
    if (Number.isFinite(this.time)) {
      const end = Math.min(LONGEST_TIMER, 1000 * (this.time * TRAINING_SHARE + this.#late - this.seconds));
      this.#timer = setTimeout(() => this.#over.abort(), end);
      // Node keeps no process alive for it; a browser has no such word.
      if (typeof this.#timer === "object") (this.#timer as { unref?(): void }).unref?.();
    }
    this.signal = outer ? AbortSignal.any([this.#over.signal, outer]) : this.#over.signal;
  }

  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  /** In its unit, as `left`. */
  get spent(): number {
    return this.unit === "trainings" ? this.#charged : this.seconds;
  }

  get left(): number {
    const all = this.unit === "trainings" ? this.#trainings : this.time * TRAINING_SHARE + this.#late;
    return Math.max(0, all - this.spent - this.reserved);
  }

  get whole(): number {
    return this.unit === "trainings" ? this.#trainings : this.time;
  }

  /** Fires when no time is left but what is kept for later. */
  get phase(): AbortSignal {
    return this.reserved > 0 && this.unit === "seconds"
      ? AbortSignal.any([this.signal, AbortSignal.timeout(Math.ceil(this.left * 1000))])
      : this.signal;
  }

  /** Charges jobs of such costs, in trainings, in their order; how many of them can be begun. `parts`: the first ones, where not all can. */
  charge(costs: readonly number[], parts = true): number {
    if (this.signal.aborted) return 0;
    if (this.unit === "seconds") return this.left > 0 ? costs.length : 0;
    const { left } = this;
    let sum = 0;
    let count = 0;
    while (count < costs.length && sum + costs[count] <= left + ROUNDING) sum += costs[count++];
    if (!parts && count < costs.length) return 0;
    this.#charged += sum;
    return count;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
