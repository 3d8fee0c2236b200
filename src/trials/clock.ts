/** The budget of wall time: how much is left, and a signal that fires when it is spent. */

export class Clock {
  readonly budget: number;
  readonly signal: AbortSignal;
  readonly #began = performance.now();
  readonly #timer: NodeJS.Timeout | number;

  /** @param budget seconds; @param outer stops everything earlier (Ctrl-C). */
  constructor(budget: number, outer?: AbortSignal) {
    this.budget = budget;
    const spent = new AbortController();
    // What follows the last training (baselines, report) has to fit in as well.
    this.#timer = setTimeout(() => spent.abort(), budget * 1000 * 0.97);
    if (typeof this.#timer === "object") this.#timer.unref();
    this.signal = outer ? AbortSignal.any([spent.signal, outer]) : spent.signal;
  }

  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  get left(): number {
    return Math.max(0, this.budget * 0.97 - this.seconds);
  }

  stop(): void {
    clearTimeout(this.#timer as number);
  }
}
