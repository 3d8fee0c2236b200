/** The budget, in seconds of wall time or in trainings of the plan: how much is left, and a signal that fires when the time is over. */

/** The share of the time that is kept for what comes after the last training: a running call of the runtime, and the report. */
const AFTER_SHARE = 0.05;
/** The least of that, in seconds: to analyse the wrong predictions takes 1.5 for 12,000 pictures and 2.5 for 60,000 rows (measured on two cores). */
const AFTER_SECONDS = 2.2;
/** The most of that, as a share, where the time is short. Chosen by hand. */
const MOST_AFTER = 0.25;
/** Sums of fractions of a training differ from whole numbers by less than this. */
const ROUNDING = 1e-9;
/** The longest timer; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The budget in seconds where none is given. */
const USUAL_SECONDS = 60;

/**
 * `budget`: seconds of wall time; `trainings`: the total cost in units of one training of the plan. With both, whichever ends first. `began`: the
 * start of the time, from performance.now(), for instance before the data were read; absent: now.
 */
export type Limits = { budget?: number | undefined; trainings?: number | undefined; began?: number };

/** The least share of the time that is left for trainings, however long it took to read the data: without any there would be no result. */
const LEAST_SHARE = 0.5;

/**
 * All decisions are made in one unit. In seconds they depend on the speed of the machine; in trainings on the plan alone: a training
 * is charged by its steps when it is scheduled, so one seed gives one report on any machine, under any load and number of threads.
 */
export class Budget {
  readonly unit: "seconds" | "trainings";
  /** Seconds; without them there is no time limit. */
  readonly time: number;
  readonly signal: AbortSignal;
  /** The amount that is reserved for later, and so does not count as left. */
  reserved = 0;
  readonly #trainings: number;
  /** Seconds in which trainings may run. */
  readonly #training: number;
  readonly #began: number;
  readonly #late: number;
  readonly #over = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  #charged = 0;

  /** @param outer stops everything earlier (Ctrl-C). */
  constructor({ budget, trainings, began = performance.now() }: Limits, outer?: AbortSignal) {
    this.unit = trainings === undefined ? "seconds" : "trainings";
    this.time = budget ?? (trainings === undefined ? USUAL_SECONDS : Number.POSITIVE_INFINITY);
    const after = Math.min(MOST_AFTER * this.time, Math.max(AFTER_SHARE * this.time, AFTER_SECONDS));
    this.#training = Number.isFinite(this.time) ? this.time - after : this.time;
    this.#trainings = trainings ?? 0;
    this.#began = began;
    // What reading took beyond its share is given back.
    this.#late = Number.isFinite(this.time) ? Math.max(0, this.seconds - this.time * LEAST_SHARE) : 0;
    if (Number.isFinite(this.time)) {
      const end = Math.min(LONGEST_TIMER, 1000 * (this.#training + this.#late - this.seconds));
      this.#timer = setTimeout(() => this.#over.abort(), end);
      // In Node the timer must not keep the process alive; a browser has no unref.
      if (typeof this.#timer === "object") (this.#timer as { unref?(): void }).unref?.();
    }
    this.signal = outer ? AbortSignal.any([this.#over.signal, outer]) : this.#over.signal;
  }

  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  /** The amount spent, in the unit of `left`. */
  get spent(): number {
    return this.unit === "trainings" ? this.#charged : this.seconds;
  }

  get left(): number {
    const all = this.unit === "trainings" ? this.#trainings : this.#training + this.#late;
    return Math.max(0, all - this.spent - this.reserved);
  }

  get whole(): number {
    return this.unit === "trainings" ? this.#trainings : this.time;
  }

  /** Fires when no time is left but what is reserved. */
  get phase(): AbortSignal {
    return this.reserved > 0 && this.unit === "seconds"
      ? AbortSignal.any([this.signal, AbortSignal.timeout(Math.ceil(this.left * 1000))])
      : this.signal;
  }

  /** Charges jobs with these costs, in trainings, in their order, and returns how many of them can start. `parts`: whether the first ones may start where not all can. */
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
