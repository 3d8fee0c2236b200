/** The options that the verbs share. */
import { availableParallelism } from "node:os";
import { InvalidArgumentError, Option } from "commander";
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
/** What is needed of a table without a plan. */
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

/** Each option once; where verbs differ in a default, it is a parameter. */
export const option = {
  seed: () =>
    new Option("--seed <n>", "random seed of initial weights, split, order and dropout").argParser(whole(0)).default(1),
  budget: () => new Option("--budget <seconds>", "time limit (default: 60; none with --trainings)").argParser(seconds),
  trainings: () =>
    new Option(
      "--trainings <n>",
      "limit the work to the cost of n trainings of the plan, whatever the speed of the machine",
    ).argParser(whole(1)),
  seeds: (least: number, most: number) =>
    new Option("--seeds <n>", "how many seeds to train with").argParser(whole(least)).default(most),
  json: () => new Option("--json", "print only the result, as JSON"),
  out: () => new Option("--out <folder>", "folder for the files that are written").default("."),
  quiet: () => new Option("--quiet", "print no progress"),
  threads: (preset = "") => new Option("--threads <n>", `processors to use${preset}`).argParser(whole(1)),
  check: () => new Option("--check", "exit with code 1 if a problem is found"),
  target: () =>
    new Option("--target <column>", "column to predict, for a table without a plan (repeat for several)").argParser(
      collected,
    ),
  task: () =>
    new Option("--task <task>", "what to predict, for a table without a plan (default: inferred)").choices([
      "classification",
      "multilabel",
      "regression",
    ]),
  validation: () => new Option("--validation <file>", "table or folder with the validation rows"),
  export: () =>
    new Option(
      "--export <file>",
      "write the trained network as .onnx (a model to run) or .safetensors (weights); repeat for both",
    ).argParser(collected),
  framework: () =>
    new Option("--framework <name>", "framework of the program").choices(FRAMEWORKS).default(FRAMEWORKS[0]),
};

/** What the verbs with a report share. */
export const ofReport = (): Option[] => [
  option.seed(),
  option.budget(),
  option.trainings(),
  option.json(),
  option.out(),
  option.quiet(),
  option.threads().default(availableParallelism(), "all"),
  option.check(),
];
