/** What the terminal can show, and the one place where each stream is written: results on standard output, progress and errors on standard error. */

import { printable } from "../printable.ts";
import { duration } from "../report/format.ts";
import type { Progress } from "../trials/lab.ts";
import { count } from "../words.ts";

export type Look = { width: number; colour: boolean; unicode: boolean };

/** Plain when standard output is not a terminal, when NO_COLOR is set, or when the terminal is dumb. */
export function look(env = process.env, stream: { isTTY?: boolean; columns?: number } = process.stdout): Look {
  const terminal = stream.isTTY === true && env["TERM"] !== "dumb";
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0";
  return {
    width: Math.max(40, Math.min(120, stream.columns || 100)),
    colour: (terminal || forced) && !env["NO_COLOR"],
    unicode: /utf-?8/i.test(locale) || process.platform === "win32" || locale === "",
  };
}

const ESCAPE = "\u001b";
const STYLE = new RegExp(`(${ESCAPE}\\[\\d{1,2}m)`);

/** Prints a result for people. Where colours are shown, those stay; any other control character is written out. */
export function print(text: string): void {
  const parts = look().colour ? text.split(STYLE) : [text];
  process.stdout.write(parts.map((part) => (STYLE.test(part) ? part : printable(part, "\n"))).join(""));
}

/** Prints JSON or a program. A control character can only stand in a string or a comment of it, where its escape means the same. */
export const printData = (text: string): boolean => process.stdout.write(printable(text, "\n"));

/** Prints a line on standard error. */
export const note = (text: string): boolean => process.stderr.write(`${printable(text, "\n")}\n`);

// Shorter work needs no progress.
const SILENT_SECONDS = 2;
// Where lines cannot be replaced, one this often tells enough.
const LINE_SECONDS = 10;

/** Tells how far the work is: one line that replaces itself on a terminal, a line now and then elsewhere. */
export class Teller {
  readonly #quiet: boolean;
  readonly #began = performance.now();
  readonly #replaces = process.stderr.isTTY === true && process.env["TERM"] !== "dumb";
  #told = 0;
  #open = false;
  #again: NodeJS.Timeout | undefined;

  constructor(quiet: boolean) {
    this.#quiet = quiet;
  }

  tell = ({ doing, done, total, left, unit }: Progress): void => {
    const at = performance.now();
    const seconds = () => Math.max(0, left - (performance.now() - at) / 1000);
    const rest = () => (unit === "seconds" ? duration(Math.round(seconds())) : count(Math.floor(left), "training"));
    this.say(() => `${doing} ${done}/${total}, at most ${rest()} left`);
  };

  /** @param text is asked again every second, so that the time left runs on a terminal. */
  say(text: () => string): void {
    if (this.#quiet) return;
    clearInterval(this.#again);
    this.#again = setInterval(() => this.#show(text), 1000);
    this.#again.unref();
    this.#show(text);
  }

  /** Before anything else is printed. */
  clear(): void {
    clearInterval(this.#again);
    if (this.#open) process.stderr.write("\r\x1b[2K");
    this.#open = false;
    this.#told = this.#seconds;
  }

  get #seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  #show(text: () => string): void {
    if (this.#seconds < SILENT_SECONDS) return;
    if (this.#replaces) {
      process.stderr.write(`\r\x1b[2K${printable(text()).slice(0, (process.stderr.columns || 80) - 1)}`);
      this.#open = true;
    } else if (this.#told === 0 || this.#seconds - this.#told >= LINE_SECONDS) {
      note(text());
      this.#told = this.#seconds;
    }
  }
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

function onSignals(stop: () => void): void {
  for (const signal of SIGNALS) process.removeAllListeners(signal).on(signal, stop);
}

/** Until something is trained nothing is there to keep, so the first Ctrl-C or SIGTERM ends the process. */
export const endOnSignal = (): void =>
  onSignals(() => {
    note("Interrupted before the first training: there are no results.");
    process.exit(EXIT.interrupted);
  });

/** From now on there is something to keep: the first Ctrl-C or SIGTERM fires the signal, the second ends the process at once. */
export function interruption(quiet: boolean): { signal: AbortSignal; interrupted(): boolean } {
  const controller = new AbortController();
  onSignals(() => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
    if (!quiet) note("\nStopping; the results so far follow. (Ctrl-C again ends at once.)");
  });
  return { signal: controller.signal, interrupted: () => controller.signal.aborted };
}

export const EXIT = { done: 0, found: 1, input: 2, failure: 3, interrupted: 130 } as const;
