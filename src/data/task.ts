/** Infers the task from the target, where the Plan does not name it. */

import type { Plan } from "../plan/plan.ts";
import { count } from "../words.ts";

import type { Task } from "./dataset.ts";
import type { Column } from "./sheet.ts";
import { ones } from "./target.ts";

/** At most this many distinct integers, each in 20 rows on average, are taken as classes. Chosen by hand. */
const MOST_CLASSES = 20;
const DISTINCT_SHARE = 0.05;

type Inferred = { task: Task; says: string };

export function inferTask(plan: Plan, columns: Column[]): Inferred {
  const names = named(columns.map((column) => column.name));
  if (columns.length > 1) return inferFromColumns(columns, names);
  const [column] = columns;
  const values = new Set<number>();
  let integers = true;
  for (const value of column.numbers) {
    if (Number.isNaN(value)) continue;
    values.add(value);
    if (!Number.isInteger(value)) integers = false;
  }
  const infer = (task: Task, because: string): Inferred => ({
    task,
    says: `Task: ${task}, because ${names} ${because}.`,
  });
  if (column.texts) return infer("classification", "contains text");
  if (values.size <= 2) return infer("classification", `has ${count(values.size, "distinct value")}`);
  if (!integers) return infer("regression", "contains numbers that are not integers");
  const few = values.size <= MOST_CLASSES && values.size < DISTINCT_SHARE * column.numbers.length;
  const intent = intended(plan, few);
  if (intent) return infer(intent.task, `contains ${values.size} distinct integers and ${intent.because}`);
  const counts = `contains ${values.size} distinct integers in ${count(column.numbers.length, "row")}`;
  return infer(few ? "classification" : "regression", counts);
}

function inferFromColumns(columns: Column[], names: string): Inferred {
  let binary = columns.every((column) => !column.texts);
  let single = true;
  for (let row = 0; binary && row < columns[0].numbers.length; row++) {
    const count = ones(columns, row);
    if (count === undefined) binary = false;
    else if (count !== 1 && !Number.isNaN(count)) single = false;
  }
  if (binary && single)
    return { task: "classification", says: `Task: classification, because ${names} contain exactly one 1 per row.` };
  if (binary) return { task: "multilabel", says: `Task: multilabel, because ${names} contain only 0 and 1.` };
  return { task: "regression", says: `Task: regression, because ${names} contain numbers.` };
}

const CLASS_LOSSES = ["categoricalCrossentropy", "sparseCategoricalCrossentropy", "binaryCrossentropy"];
const NUMBER_LOSSES = ["meanSquaredError", "meanAbsoluteError", "huber", "poisson"];
const CLASS_METRICS = ["accuracy", "balancedAccuracy", "binaryAccuracy", "auc", "f1", "topKAccuracy"];
const NUMBER_METRICS = ["r2", "mae", "mse", "rmse"];

type Hints = { activation: string; units: number | undefined; loss: string; metric: string };

/** The parts of a Plan, beside its data, from which the task is inferred. */
export function hints(plan: Plan): Hints {
  const layers = typeof plan.network === "string" ? [] : plan.network;
  return {
    activation: String(layers.findLast((layer) => "activation" in layer)?.activation ?? ""),
    units: layers.findLast((layer) => "units" in layer)?.units,
    loss: plan.training.loss?.name ?? "",
    metric: plan.metric?.name ?? "",
  };
}

/** The task that the rest of the Plan implies; integers alone do not show it. */
function intended(plan: Plan, few: boolean): { task: Task; because: string } | undefined {
  const { activation, units, loss, metric } = hints(plan);
  if (activation === "softmax" && units !== 1)
    return { task: "classification", because: "the network ends in a softmax" };
  if (CLASS_LOSSES.includes(loss)) return { task: "classification", because: `the loss is ${loss}` };
  if (NUMBER_METRICS.includes(metric)) return { task: "regression", because: `the metric is ${metric}` };
  // Accuracy is sometimes requested for regressions by mistake, so with a regression loss it counts only where the target has few values.
  if (CLASS_METRICS.includes(metric) && (few || !NUMBER_LOSSES.includes(loss)))
    return { task: "classification", because: `the metric is ${metric}` };
  if (NUMBER_LOSSES.includes(loss)) return { task: "regression", because: `the loss is ${loss}` };
  return undefined;
}

const named = (names: string[]): string =>
  names.length > 4 ? `${names[0]}, …, ${names.at(-1)} (${names.length} columns)` : names.join(", ");
