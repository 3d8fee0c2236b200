/** What the terminal can show, and where things are said: results on standard output, progress on standard error. */

import { duration } from "../report/format.ts";
import type { Progress } from "../trials/lab.ts";

export type Look = { width: number; colour: boolean; unicode: boolean };

/** Plain when standard output is not a terminal, when NO_COLOR is set, or when the terminal is dumb. */
export function look(env = process.env, stream: { isTTY?: boolean; columns?: number } = process.stdout): Look {
  const terminal = stream.isTTY === true && env["TERM"] !== "dumb";
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0";
  return {
    width: Math.max(40, Math.min(120, stream.columns ?? 100)),
    colour: (terminal || forced) && !env["NO_COLOR"],
    unicode: /utf-?8/i.test(locale) || process.platform === "win32" || locale === "",
  };
}

// Shorter work needs no progress.
const SILENT_SECONDS = 2;
// Where lines cannot be replaced, one this often tells enough.
const LINE_SECONDS = 10;

/** Tells how far the work is: one line that replaces itself on a terminal, a line now and then elsewhere. */
export class Teller {
  readonly #quiet: boolean;
  readonly #began = performance.now();
  #told = 0;
  #open = false;

  constructor(quiet: boolean) {
    this.#quiet = quiet;
  }

  tell = ({ doing, done, total, secondsLeft }: Progress): void => {
    const seconds = (performance.now() - this.#began) / 1000;
    if (this.#quiet || seconds < SILENT_SECONDS) return;
    const text = `${doing} ${done}/${total}, at most ${duration(secondsLeft)} left`;
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\x1b[2K${text}`);
      this.#open = true;
    } else if (seconds - this.#told >= LINE_SECONDS || this.#told === 0) {
      process.stderr.write(`${text}\n`);
      this.#told = seconds;
    }
  };

  clear(): void {
    if (this.#open) process.stderr.write("\r\x1b[2K");
    this.#open = false;
  }
}

/** A signal that the first Ctrl-C fires; the second one ends the process at once. */
export function interruption(): { signal: AbortSignal; interrupted(): boolean } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
    process.stderr.write("\nStopping; what is known so far follows. (Ctrl-C again ends at once.)\n");
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return { signal: controller.signal, interrupted: () => controller.signal.aborted };
}

export const EXIT = { done: 0, found: 1, input: 2, failure: 3, interrupted: 130 } as const;
