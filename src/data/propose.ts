/** A sensible plan for a table that comes without one, and the sentence that describes it. */

import { type Plan, parsePlan } from "../plan/plan.ts";
import { UserError } from "../user-error.ts";
import { count } from "../words.ts";
import { buildDataset } from "./build.ts";
import { type Dataset, isImages, product, type Table, type Task } from "./dataset.ts";
import { hiddenLayers } from "./propose-network.ts";
import type { Column, Sheet } from "./sheet.ts";
import type { Loaded } from "./source.ts";
import { gathered } from "./stored.ts";

type Given = Record<string, unknown>;
type Source = Plan["data"]["source"];
export type Proposal = { given: Given; says: string };

// All chosen by hand.
const BATCH = 32;
const MOST_EPOCHS = 200;
// Inputs and targets in about this range need no scaling.
const CALM = { low: 0.2, high: 2 };
// The most rows to leave out, because the plan lists them one by one.
const MOST_LISTED = 5000;
// A category of fewer rows, or a column that changes in fewer, may stay out of the training part altogether (0.2 to the power of 4: one
// split in 600); scaled by a standard deviation of 0 it would then reach 10⁸ in the validation part.
const FEWEST_OF_A_KIND = 5;

/** The plan of a table of which only the target is known, for an audit. */
export const silentPlan = (source: Source, target: string[], more: Given = {}): Plan =>
  parsePlan({
    data: { source, target: target.length === 1 ? target[0] : target, ...more },
    network: [{ layer: "dense", units: 1 }],
    training: {},
  });

/** @param loaded the contents of the source. */
export function propose(loaded: Loaded, source: Source, target: string[], task?: Task): Proposal {
  if (task === "sequence")
    throw new UserError(
      "no network can be proposed for a sequence task.",
      "Write a plan: examples/dates.json is one.",
      "data.task",
    );
  const features = useful(loaded.sheet, target);
  const known = { ...(features && { features }), ...(task && { task }) };
  const plan = silentPlan(source, target, known);
  const dataset = buildDataset(plan, { source: loaded, validation: null, test: null });
  const { table } = dataset;
  const output = outputOf(dataset);
  const unknown = rowsWithoutTarget(dataset);
  const odd = oddRows(dataset, new Set(unknown));
  const drop = [...(unknown.length <= MOST_LISTED ? unknown : []), ...(odd.length <= MOST_LISTED ? odd : [])];
  const empty = table.x.some(Number.isNaN);
  const scale = scaleFor(dataset);
  const missing = unknown.length > MOST_LISTED ? "drop" : empty ? "median" : undefined;
  const hidden = hiddenLayers(table);
  const rows = Math.max(1, Math.round((table.rows - unknown.length) * 0.8));
  const perEpoch = Math.ceil(rows / BATCH);
  const epochs = Math.max(1, Math.min(MOST_EPOCHS, Math.ceil(hidden.steps / perEpoch)));
  const split = dataset.task === "classification" ? "stratified" : "random";
  const given: Given = {
    data: {
      source,
      target: target.length === 1 ? target[0] : target,
      ...known,
      task: dataset.task,
      validation: { fraction: 0.2, split },
      ...(output.labels && { labels: output.labels }),
      ...(missing && { missing }),
      ...(drop.length > 0 && { drop: drop.sort((a, b) => a - b) }),
      ...(scale && { scale }),
      ...(output.scaled && { scaleTarget: "standard" }),
    },
    network: [...hidden.layers, { layer: "dense", units: output.units, activation: output.activation }],
    training: {
      loss: output.loss,
      optimizer: { name: "adam", learningRate: 0.001 },
      batchSize: BATCH,
      epochs,
    },
  };
  const how = [
    `${hidden.says} before ${output.units} ${output.activation}`,
    ...(scale ? ["inputs scaled"] : []),
    ...(output.scaled ? ["targets scaled"] : []),
    ...(missing === "median" ? ["missing values replaced by the median"] : []),
    ...(unknown.length > 0 ? [`${count(unknown.length, "row")} without a target left out`] : []),
    ...(drop.some((row) => odd.includes(row))
      ? [`${count(odd.length, "row")} with a rare category or an infinite value left out`]
      : []),
    ...(features ? ["columns that number the rows or are nearly constant left out"] : []),
    `Adam 0.001, batches of ${BATCH}`,
    `${count(epochs, "epoch")} of ${count(perEpoch, "step")}`,
  ];
  return { given, says: `No plan was given, so this one is proposed: ${how.join(", ")}.` };
}

/** The columns to learn from, where some only number the rows (0, 1, 2 … or 1, 2, 3 …) or have the same value in nearly all rows. */
function useful({ columns }: Sheet, target: string[]): string[] | undefined {
  const others = columns.filter(({ name }) => !target.includes(name));
  const kept = others.filter((column) => !counts(column) && !hardlyChanges(column));
  return kept.length < others.length && kept.length > 0 ? kept.map(({ name }) => name) : undefined;
}

const counts = ({ numbers, texts }: Column): boolean =>
  texts === null &&
  numbers.length > 10 &&
  (numbers[0] === 0 || numbers[0] === 1) &&
  numbers.every((value, row) => value === numbers[0] + row);

function hardlyChanges({ numbers, texts }: Column): boolean {
  if (texts !== null) return false;
  const counts = new Map<number, number>();
  for (const value of numbers) {
    if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > FEWEST_OF_A_KIND) return false;
  }
  const all = [...counts.values()];
  return all.reduce((a, b) => a + b, 0) - Math.max(0, ...all) < FEWEST_OF_A_KIND;
}

type Output = {
  units: number;
  activation: "sigmoid" | "softmax" | "linear";
  loss: string;
  labels?: Record<string, number>;
  scaled?: boolean;
};

/** The last layer and the loss that fit the target. */
function outputOf({ task, table: { target } }: Dataset): Output {
  if (target.kind !== "classes") {
    const units = target.columns.length;
    if (task === "multilabel") return { units, activation: "sigmoid", loss: "binaryCrossentropy" };
    const scaled = !calm(target.values, units);
    return { units, activation: "linear", loss: "meanSquaredError", scaled };
  }
  const { values, encoding } = target;
  const inOrder = values.every((value, i) => value === i);
  const labels = inOrder ? undefined : Object.fromEntries(values.map((value, i) => [String(value), i]));
  if (values.length <= 2 && encoding !== "oneHot")
    return { units: 1, activation: "sigmoid", loss: "binaryCrossentropy", labels };
  const loss = encoding === "oneHot" ? "categoricalCrossentropy" : "sparseCategoricalCrossentropy";
  return { units: values.length, activation: "softmax", loss, labels };
}

function rowsWithoutTarget({ table: { target, rows } }: Dataset): number[] {
  const values = target.kind === "classes" ? target.labels : target.values;
  const width = values.length / rows;
  const found = new Set<number>();
  for (const [i, value] of values.entries()) if (Number.isNaN(value)) found.add(Math.floor(i / width));
  return [...found];
}

/** The rows, among those that are not `gone`, with an infinite value or a category that hardly any other row has. */
function oddRows({ table }: Dataset, gone: ReadonlySet<number>): number[] {
  const { x, rows, features } = table;
  const width = x.length / rows;
  const rare = features.map((name, c) => {
    if (!name.includes("=")) return false;
    let rowsWithIt = 0;
    for (let row = 0; row < rows; row++) if (x[row * width + c] === 1 && !gone.has(row)) rowsWithIt++;
    return rowsWithIt > 0 && rowsWithIt < FEWEST_OF_A_KIND;
  });
  const found = new Set<number>();
  for (const [i, value] of x.entries())
    if (Math.abs(value) === Number.POSITIVE_INFINITY || (value === 1 && rare[i % width]))
      found.add(Math.floor(i / width));
  return [...found].filter((row) => !gone.has(row));
}

function scaleFor({ table }: Dataset): Plan["data"]["scale"] | undefined {
  const x = table.stored ? gathered(table.stored, firstRows(table), product(table.shape)) : table.x;
  if (!isImages(table)) return calm(x, product(table.shape)) ? undefined : "standard";
  const low = x.reduce((a, b) => Math.min(a, b), 0);
  const high = x.reduce((a, b) => Math.max(a, b), 0);
  if (low >= -CALM.high && high <= CALM.high) return undefined;
  return low === 0 && high <= 255 ? { divideBy: 255 } : "standard";
}

/** The number of rows on disk that are read to measure the range of the columns. */
const firstRows = ({ rows }: Table): Uint32Array => Uint32Array.from({ length: Math.min(rows, 100) }, (_, i) => i);

/** Whether every column is within a few units of 0, and none has a much smaller range than the others. */
function calm(values: Float32Array, width: number): boolean {
  for (let c = 0; c < width; c++) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = c; i < values.length; i += width) {
      low = Math.min(low, Number.isNaN(values[i]) ? low : values[i]);
      high = Math.max(high, Number.isNaN(values[i]) ? high : values[i]);
    }
    if (low < -CALM.high || high > CALM.high || (high > low && high - low < CALM.low)) return false;
  }
  return true;
}
