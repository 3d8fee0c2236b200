/** The line that repeats a command. */
import { quoted } from "../shell.ts";
import type { Common, TableOptions } from "./options.ts";

export { quoted };

const DEFAULTS = { seeds: 5 };

/** `unstuck fix plan.json --seed 1 …`: what changes the result, and no more. */
export function commandLine(
  verb: string,
  what: string,
  { target = [], task, validation, ...options }: Partial<Common> & TableOptions & { validation?: string },
  defaults: Partial<Common> = DEFAULTS,
): string {
  const notes = (["seed", "seeds", "budget", "trainings"] as const).flatMap((name) =>
    options[name] === undefined || options[name] === defaults[name] ? [] : [`--${name}`, String(options[name])],
  );
  const table = [...target.flatMap((name) => ["--target", quoted(name)]), ...(task ? ["--task", task] : [])];
  if (validation !== undefined) table.push("--validation", quoted(validation));
  return ["unstuck", verb, quoted(what), ...table, ...notes].join(" ");
}
