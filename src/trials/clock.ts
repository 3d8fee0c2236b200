/** The budget of wall time: how much is left, and a signal that fires when it is spent. */

// A call of the runtime that is under way, and the report, have to fit in after the last training.
const TRAINING_SHARE = 0.95;

export class Clock {
  readonly budget: number;
  readonly signal: AbortSignal;
  /** Seconds that are kept for later, and so are not left. */
  reserved = 0;
  readonly #began = performance.now();
  readonly #timer: ReturnType<typeof setTimeout>;

  /** @param budget seconds; @param outer stops everything earlier (Ctrl-C). */
  constructor(budget: number, outer?: AbortSignal) {
    this.budget = budget;
    const spent = new AbortController();
    this.#timer = setTimeout(() => spent.abort(), budget * 1000 * TRAINING_SHARE);
    // Node keeps no process alive for it; a browser has no such word.
    if (typeof this.#timer === "object") (this.#timer as { unref?(): void }).unref?.();
    this.signal = outer ? AbortSignal.any([spent.signal, outer]) : spent.signal;
  }

  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  get left(): number {
    return Math.max(0, this.budget * TRAINING_SHARE - this.seconds - this.reserved);
  }

  /** Fires when nothing is left but what is kept for later. */
  get phase(): AbortSignal {
    return this.reserved > 0
      ? AbortSignal.any([this.signal, AbortSignal.timeout(Math.ceil(this.left * 1000))])
      : this.signal;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
