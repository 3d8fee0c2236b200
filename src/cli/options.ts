/** The options that the verbs share. */
import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { FRAMEWORKS } from "../code/program/subject.ts";

export type Common = {
  seed: number;
  budget?: number;
  trainings?: number;
  seeds: number;
  json?: boolean;
  out: string;
  quiet?: boolean;
  threads: number;
  check?: boolean;
};
/** What a table without a plan needs to be told. */
export type TableOptions = { target?: string[]; task?: string; quiet?: boolean };
export type TrainOptions = Pick<Common, "seed" | "json" | "out" | "quiet"> & { threads?: number; export?: string[] };

export type CodeOptions = Pick<Common, "seed"> & { framework: string };

const whole = (least: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || text.trim() === "")
    throw new InvalidArgumentError(`Give a whole number of ${least} or more.`);
  return value;
};
const seconds = (text: string) => {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError("Give a number of seconds above 0.");
  return value;
};
const collected = (text: string, before: string[] = []) => [...before, text];

const threads = () => new Option("--threads <n>", "processors to use").argParser(whole(1));

const OPTIONS = {
  seed: () => new Option("--seed <n>", "fixes start, split, order and dropout").argParser(whole(0)).default(1),
  budget: () =>
    new Option("--budget <seconds>", "wall time (default: 60; with --trainings as long as they take)").argParser(
      seconds,
    ),
  trainings: () =>
    new Option(
      "--trainings <n>",
      "a budget that does not depend on the machine: as many as cost as much as n of the plan",
    ).argParser(whole(1)),
  seeds: () => new Option("--seeds <n>", "paired seeds of a proof").argParser(whole(2)).default(5),
  // Without pairs one seed is enough to look at.
  looked: () => new Option("--seeds <n>", "seeds to train, as the budget allows").argParser(whole(1)).default(3),
  json: () => new Option("--json", "the report alone, as JSON, on standard output"),
  told: () => new Option("--json", "what is found alone, as JSON, on standard output"),
  run: () => new Option("--json", "the run alone, as JSON, on standard output"),
  out: () => new Option("--out <folder>", "where files are written").default("."),
  quiet: () => new Option("--quiet", "no progress"),
  threads: () => threads().default(availableParallelism(), "all"),
  export: () =>
    new Option(
      "--export <file>",
      "the trained network, as an ONNX model (.onnx) or its weights (.safetensors); again for both",
    ).argParser(collected),
  framework: () =>
    new Option("--framework <name>", "what the program is written in").choices(FRAMEWORKS).default(FRAMEWORKS[0]),
  own: () => threads().default(undefined, "as many as pay"),
  check: () => new Option("--check", "exit 1 when something holds the network back"),
  target: () =>
    new Option("--target <column>", "of a table without a plan: what to predict; again for several").argParser(
      collected,
    ),
  validation: () =>
    new Option("--validation <file>", "the rows that are judged, where they lie in a file of their own"),
  task: () =>
    new Option("--task <task>", "of a table without a plan").choices(["classification", "multilabel", "regression"]),
};

export function withOptions(command: Command, names: readonly (keyof typeof OPTIONS)[]): Command {
  for (const name of names) command.addOption(OPTIONS[name]());
  return command;
}
