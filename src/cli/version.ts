/** The version, and the line that repeats a command. */
import { readFileSync } from "node:fs";
import type { Common } from "./options.ts";

export const VERSION: string = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;

const DEFAULTS: Partial<Common> = { seed: 1, budget: 60, seeds: 5 };

const quoted = (text: string) => (/^[\w./@=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`);

/** `unstuck fix plan.json --seed 1 …`: what changes the result, and no more. */
export function commandLine(verb: string, what: string, options: Common): string {
  const said = (["seed", "seeds", "budget"] as const).flatMap((name) =>
    options[name] === DEFAULTS[name] && name !== "seed" ? [] : [`--${name}`, String(options[name])],
  );
  return ["unstuck", verb, quoted(what), ...said].join(" ");
}
