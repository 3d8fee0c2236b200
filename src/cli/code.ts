/** unstuck code: the plan as a program in Keras or PyTorch, on standard output. */
import { dirname, relative, resolve } from "node:path";
import { program } from "../code/program/index.ts";
import { type Framework, isPictures, type Subject } from "../code/program/subject.ts";
import type { Dataset } from "../data/dataset.ts";
import { makeLane } from "../engine/graph-engine.ts";
import type { Lane } from "../engine/lane.ts";
import type { Plan, Source } from "../plan/plan.ts";
import { UserError } from "../user-error.ts";
import { EXIT, printData } from "./console.ts";
import type { CodeOptions } from "./options.ts";
import { workOf } from "./what.ts";

export async function runCode(what: string, { seed, framework }: CodeOptions): Promise<number> {
  const { plan, path, load } = await workOf(what, {}, "code");
  const dataset = await load(plan);
  const lane = makeLane(plan, dataset, seed);
  const subject = subjectOf(fromHere(plan, dirname(path)), dataset, lane);
  refuseUnread(subject);
  printData(program(subject, framework as Framework));
  return EXIT.done;
}

/** Sounds, arrays and CIFAR's records are rows with a shape, which no program reads yet. */
function refuseUnread(subject: Subject): void {
  const { plan, features } = subject;
  if (typeof plan.data.source !== "string" || features.length > 0 || isPictures(subject)) return;
  throw new UserError(
    "a program that reads this kind of data is not supported yet.",
    "Use unstuck train or unstuck fix.",
    plan.data.source,
  );
}

/** What a program needs to know of a plan on its data. */
export function subjectOf(plan: Plan, { table, task }: Dataset, { resolved, seed }: Lane): Subject {
  const { target } = table;
  const { network, loss, metric } = resolved;
  return {
    plan: { ...plan, data: { ...plan.data, task }, training: { ...plan.training, loss }, metric },
    seed,
    features: table.features,
    target: target.columns,
    encoding: target.kind === "classes" ? target.encoding : "numbers",
    classes: target.kind === "classes" ? target.names : [],
    shape: table.shape,
    layers: network.layers.map(({ name, layer, inputs, befores, shape }) => ({ name, layer, inputs, befores, shape })),
  };
}

/** The plan with its files as they are found from the folder that the program is run in. */
function fromHere(plan: Plan, folder: string): Plan {
  const path = (file: string) => relative(".", resolve(folder, file));
  const source = (given: Source): Source =>
    typeof given === "string" ? path(given) : { images: path(given.images), labels: path(given.labels) };
  const part = (given: Plan["data"]["validation"]) =>
    given && "source" in given ? { source: source(given.source) } : given;
  const { data } = plan;
  return {
    ...plan,
    data: { ...data, source: source(data.source), validation: part(data.validation), test: part(data.test) },
  };
}
