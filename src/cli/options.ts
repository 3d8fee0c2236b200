/** The options that the verbs share. */
import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";

export type Common = {
  seed: number;
  budget: number;
  seeds: number;
  json?: boolean;
  out: string;
  quiet?: boolean;
  threads: number;
  check?: boolean;
};

const whole = (least: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new InvalidArgumentError(`It is a whole number of ${least} or more.`);
  return value;
};
const seconds = (text: string) => {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("It is a number of seconds above 0.");
  return value;
};

const OPTIONS = {
  seed: new Option("--seed <n>", "fixes start, split, order and dropout").argParser(whole(0)).default(1),
  budget: new Option("--budget <seconds>", "wall time").argParser(seconds).default(60),
  seeds: new Option("--seeds <n>", "paired seeds of a proof").argParser(whole(2)).default(5),
  json: new Option("--json", "the report alone, as JSON, on standard output"),
  out: new Option("--out <folder>", "where files are written").default("."),
  quiet: new Option("--quiet", "no progress"),
  threads: new Option("--threads <n>", "processors to use").argParser(whole(1)).default(availableParallelism(), "all"),
  check: new Option("--check", "exit 1 when something holds the network back"),
};

export function withOptions(command: Command, names: readonly (keyof typeof OPTIONS)[]): Command {
  for (const name of names) command.addOption(OPTIONS[name]);
  return command;
}
