/** What the terminal can show, and the one place where each stream is written: results on standard output, progress and errors on standard error. */

import { duration } from "../report/format.ts";
import type { Progress } from "../trials/events.ts";
import { count } from "../words.ts";

type Terminal = { width: number; colour: boolean; unicode: boolean };

/** Plain when standard output is not a terminal, when NO_COLOR is set, or when the terminal is dumb. */
export function terminal(env = process.env, stream: { isTTY?: boolean; columns?: number } = process.stdout): Terminal {
  const terminal = stream.isTTY === true && env["TERM"] !== "dumb";
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0";
  return {
    width: Math.max(40, Math.min(120, stream.columns || 100)),
    colour: (terminal || forced) && !env["NO_COLOR"],
    unicode: /utf-?8/i.test(locale) || process.platform === "win32" || locale === "",
  };
}

// What a terminal obeys instead of showing it, but for the end of a line.
const OBEYED = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
/** The text with such characters written out (\u001b). */
const visible = (text: string): string =>
  text.replace(OBEYED, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

const ESCAPE = "\u001b";
const STYLE = new RegExp(`(${ESCAPE}\\[\\d{1,2}m)`);

/** Prints a result for people. Where colours are shown, those stay; any other control character is written out. */
export function print(text: string): void {
  // Text and styles in turn.
  const parts = terminal().colour ? text.split(STYLE) : [text];
  process.stdout.write(parts.map((part, i) => (i % 2 === 1 ? part : visible(part))).join(""));
}

/** Prints JSON or a program. A control character can only stand in a string or a comment of it, where its escape means the same. */
export const printData = (text: string): boolean => process.stdout.write(visible(text));

/** Prints a line on standard error. */
export const note = (text: string): boolean => process.stderr.write(`${visible(text)}\n`);

// Shorter work needs no progress.
const SILENT_SECONDS = 2;
// Where lines cannot be replaced, one this often tells enough.
const LINE_SECONDS = 10;

/** Tells how far the work is: one line that replaces itself on a terminal, a line now and then elsewhere. */
export class ProgressLine {
  readonly #quiet: boolean;
  readonly #began = performance.now();
  readonly #replaces = process.stderr.isTTY === true && process.env["TERM"] !== "dumb";
  #told = 0;
  #open = false;
  #again: NodeJS.Timeout | undefined;

  constructor(quiet: boolean) {
    this.#quiet = quiet;
  }

  show = ({ doing, done, total, left, unit }: Progress): void => {
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
      process.stderr.write(`\r\x1b[2K${visible(text()).slice(0, (process.stderr.columns || 80) - 1)}`);
      this.#open = true;
    } else if (this.#told === 0 || this.#seconds - this.#told >= LINE_SECONDS) {
      note(text());
      this.#told = this.#seconds;
    }
  }
}

/** Lets a signal be delivered that came during work that did not wait for anything. Between two of these the loop polls for it. */
export async function signals(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((done) => setImmediate(done));
}

/** From now on there is something to keep, so the first Ctrl-C or SIGTERM fires the signal; the second ends the process at once. */
export async function interruption(quiet: boolean): Promise<{ signal: AbortSignal; interrupted(): boolean }> {
  // What came before goes to the handler of the bin, which ends the process.
  await signals();
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
    if (!quiet) note("\nStopping; the results so far follow. (Ctrl-C again ends at once.)");
  };
  for (const signal of ["SIGINT", "SIGTERM"]) {
    // With no handler in between, none is lost.
    const before = process.listeners(signal as NodeJS.Signals);
    process.on(signal, stop);
    for (const handler of before) process.off(signal, handler);
  }
  return { signal: controller.signal, interrupted: () => controller.signal.aborted };
}

export const EXIT = { done: 0, found: 1, input: 2, failure: 3, interrupted: 130 } as const;
