/** From a Dataset to the data of one training with one seed: split, missing values, scaling, encoded targets. */

import { largest, smallest } from "../lists.ts";
import type { Plan } from "../plan/plan.ts";
import { PURPOSE, permutation, stream, uniform, upTo } from "../random.ts";
import { UserError } from "../user-error.ts";
import { augmentOf } from "./augment/augment.ts";
import type { Augment } from "./augment/batch.ts";
import { type Dataset, isImages, product, sharedFloats } from "./dataset.ts";
import type { RowReader } from "./row-reader.ts";
import { applyScale, fillers, fillMissing, moments, pooled, type Scale, scaleOf } from "./scale.ts";
import { type Parts, splitRows } from "./split.ts";
import { readerOf, scaledRows } from "./stored.ts";

export type Prepared = {
  /** All rows: of the table, then of the validation source, then of the test source; scaled. Read only, because seeds may share it. */
  x: Float32Array;
  /** The scaled rows where they do not fit in memory; x is then empty. */
  stored?: RowReader;
  shape: number[];
  /** The encoded targets: rows × width. */
  y: Float32Array;
  width: number;
  /** Classification: the label number of each row */
  labels: Float32Array | null;
  /** Indices of rows of x. Rows that `missing: drop` leaves out are in none of the three. */
  train: Uint32Array;
  validation: Uint32Array;
  test: Uint32Array;
  /** The index over all tables of each row of x; `sourceRow` returns the row of the file. */
  origin: Uint32Array;
  /** Class weight of each row of x */
  weights: Float32Array | null;
  /** For sequences, the number of target tokens of each row of x. */
  tokens: Uint32Array | null;
  targetScale: Scale;
  inputScale: Scale;
  /** The augmentation of the training rows whenever they are drawn. */
  augment?: Augment | undefined;
  /** The values that replaced missing ones, for each column (one number for all pixels); null: they stay missing. */
  fill: number[] | null;
};

/** `units` is the number of outputs of the network. */
export function prepare(plan: Plan, dataset: Dataset, seed: number, units: number): Prepared {
  const { data } = plan;
  const raw = rawOf(dataset);
  const parts = partsOf(plan, dataset, raw, seed);
  const { x, stored, inputScale, fill } = inputs(plan, dataset, raw, parts.train);
  const labels = dataset.table.target.kind === "classes" ? raw.y : null;
  const targets = labels ? encoded(labels, units) : scaledTargets(plan, dataset, raw.y, parts.train);
  const train = resampled(data.resample, labels, parts.train, seed);
  const augment = augmentOf(plan, dataset, { x, stored, train, inputScale });
  return {
    ...parts,
    x,
    ...(stored && { stored }),
    shape: dataset.table.shape,
    ...targets,
    labels,
    train,
    origin: upTo(raw.rows),
    weights: data.classWeights === "balanced" ? balancedWeights(labels, train) : null,
    tokens: dataset.task === "sequence" ? tokenCounts(raw) : null,
    inputScale,
    fill,
    ...(augment && { augment }),
  };
}

function tokenCounts({ y, rows }: Raw): Uint32Array {
  const width = y.length / rows;
  return Uint32Array.from({ length: rows }, (_, row) => {
    let count = 0;
    for (let i = row * width; i < (row + 1) * width; i++) if (y[i] > 0) count++;
    return count;
  });
}

type Raw = { x: Float32Array; stored?: RowReader; y: Float32Array; rows: number };
const joined = new WeakMap<Dataset, Raw>();

/** The tables concatenated, without a copy if there is only one. */
export function rawOf(dataset: Dataset): Raw {
  const known = joined.get(dataset);
  if (known) return known;
  const tables = [dataset.table, dataset.validation, dataset.test].filter((table) => table !== null);
  const y = tables.map(({ target }) => (target.kind === "classes" ? target.labels : target.values));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const stored = readerOf(tables);
  const x = stored ? new Float32Array() : stacked(tables.map((table) => table.x));
  const raw = { x, ...(stored && { stored }), y: stacked(y), rows };
  joined.set(dataset, raw);
  return raw;
}

function stacked(parts: Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0];
  const all = sharedFloats(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function partsOf(plan: Plan, dataset: Dataset, raw: Raw, seed: number): Parts {
  const { table, validation, test } = dataset;
  const usable = plan.data.missing === "drop" ? completeRows(raw) : upTo(raw.rows);
  const between = (from: number, length: number): Uint32Array =>
    usable.filter((row) => row >= from && row < from + length);
  const own = between(0, table.rows);
  if (own.length === 0)
    throw new UserError("every row has a missing value, so none is left.", 'Use "mean" or "median".', "data.missing");
  const parts = splitRows(plan, dataset, own, seed);
  if (validation) parts.validation = between(table.rows, validation.rows);
  if (validation && parts.validation.length === 0)
    throw new UserError("every validation row has a missing value.", 'Use "mean" or "median".', "data.missing");
  if (test) parts.test = between(table.rows + (validation?.rows ?? 0), test.rows);
  return parts;
}

function completeRows({ x, y, rows }: Raw): Uint32Array {
  const complete = new Uint8Array(rows).fill(1);
  for (const values of [x, y]) {
    const width = values.length / rows;
    for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) complete[Math.floor(i / width)] = 0;
  }
  return upTo(rows).filter((row) => complete[row]);
}

/** The fields of a Prepared that a score needs; a baseline has its own. */
export type Scored = Pick<Prepared, "y" | "width" | "labels" | "targetScale">;

type Inputs = Pick<Prepared, "x" | "stored" | "inputScale" | "fill">;
const scaled = new WeakMap<Dataset, Inputs & { key: string }>();

/** The scaled inputs. Results that do not depend on the split are computed once per Dataset. */
function inputs(plan: Plan, dataset: Dataset, raw: Raw, train: Uint32Array): Inputs {
  const { missing, scale } = plan.data;
  const fitted = missing === "mean" || missing === "median" || scale === "standard" || scale === "minmax";
  const fixed = train.length === dataset.table.rows;
  const key = fitted && !fixed ? "" : JSON.stringify([missing, scale]);
  const known = scaled.get(dataset);
  if (key && known?.key === key) return known;
  const made = raw.stored ? scaleStored(plan, dataset, raw.stored, train) : scaleInputs(plan, dataset, raw.x, train);
  if (key) scaled.set(dataset, { ...made, key });
  return made;
}

function scaleInputs(plan: Plan, { table }: Dataset, raw: Float32Array, train: Uint32Array): Inputs {
  const { missing, scale } = plan.data;
  const size = product(table.shape);
  const images = isImages(table);
  const columns = images ? 1 : table.shape.at(-1)!;
  // Every step of the sequences counts, so a row of the file counts once for each sequence that contains it.
  const lines = images ? train : stepsOf(train, size / columns);
  let x = raw;
  let fill: Float64Array | null = null;
  if (missing === "mean" || missing === "median") {
    x = raw.slice();
    fill = images ? pixelFiller(missing, raw, size, train) : fillers(missing, raw, columns, lines);
    fillMissing(x, fill);
  }
  const filled = fill && [...fill];
  const inputScale = scaleOf(scale, columns, () => {
    return images ? pooled(moments(x, size, train)) : moments(x, columns, lines);
  });
  if (inputScale.kind === "none") return { x, inputScale, fill: filled };
  const out = x === raw ? sharedFloats(raw.length) : x;
  applyScale(x, inputScale, out);
  return { x: out, inputScale, fill: filled };
}

/** Pictures and sounds have no missing values. */
function scaleStored(plan: Plan, { table }: Dataset, raw: RowReader, train: Uint32Array): Inputs {
  const size = product(table.shape);
  const inputScale = scaleOf(plan.data.scale, 1, () => pooled(moments(raw, size, train)));
  return { x: new Float32Array(), stored: scaledRows(raw, inputScale, size), inputScale, fill: null };
}

/** The steps of the given rows, one after the other. */
export function stepsOf(rows: Uint32Array, steps: number): Uint32Array {
  if (steps === 1) return rows;
  const all = new Uint32Array(rows.length * steps);
  rows.forEach((row, i) => {
    for (let s = 0; s < steps; s++) all[i * steps + s] = row * steps + s;
  });
  return all;
}

/** Whether all numbers of a row count as one column, as the pixels of images do. */
function pixelFiller(how: "mean" | "median", x: Float32Array, size: number, train: Uint32Array): Float64Array {
  const pixels = new Float32Array(train.length * size);
  train.forEach((row, i) => {
    pixels.set(x.subarray(row * size, (row + 1) * size), i * size);
  });
  return fillers(how, pixels, 1, upTo(pixels.length));
}

type Targets = { y: Float32Array; width: number; targetScale: Scale };

/** For one output unit the label number, for several one-hot; a label outside them becomes a row of zeros, a missing one NaN. */
function encoded(labels: Float32Array, units: number): Targets {
  const targetScale = scaleOf("none", units, unfitted);
  if (units === 1) return { y: labels, width: 1, targetScale };
  const y = new Float32Array(labels.length * units);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (Number.isNaN(label)) y.fill(Number.NaN, i * units, (i + 1) * units);
    else if (label >= 0 && label < units && Number.isInteger(label)) y[i * units + label] = 1;
  }
  return { y, width: units, targetScale };
}

function unfitted(): never {
  throw new Error("nothing to fit");
}

function scaledTargets(plan: Plan, { table, task }: Dataset, raw: Float32Array, train: Uint32Array): Targets {
  const width = table.target.columns.length;
  const kind = task === "regression" ? plan.data.scaleTarget : "none";
  const targetScale = scaleOf(kind, width, () => moments(raw, width, train));
  if (kind === "none") return { y: raw, width, targetScale };
  const y = new Float32Array(raw.length);
  applyScale(raw, targetScale, y);
  return { y, width, targetScale };
}

function rowsByClass(labels: Float32Array, rows: Uint32Array): Map<number, number[]> {
  const classes = new Map<number, number[]>();
  for (const row of rows) {
    if (Number.isNaN(labels[row])) continue;
    const members = classes.get(labels[row]);
    if (members) members.push(row);
    else classes.set(labels[row], [row]);
  }
  return classes;
}

/** over: rows of the smaller classes are drawn again, with replacement; under: each class is reduced to the size of the smallest. */
function resampled(
  how: Plan["data"]["resample"],
  labels: Float32Array | null,
  train: Uint32Array,
  seed: number,
): Uint32Array {
  if (how === "none") return train;
  if (!labels) throw new UserError("resampling needs classes.", 'Set it to "none".', "data.resample");
  const classes = [...rowsByClass(labels, train)].sort(([a], [b]) => a - b);
  const counts = classes.map(([, members]) => members.length);
  if (how === "under") {
    const least = smallest(counts);
    const kept = new Set(
      classes.flatMap(([, members], c) => {
        const order = permutation(members.length, stream(seed, PURPOSE.sample, 1, c));
        return Array.from(order.subarray(0, least), (i) => members[i]);
      }),
    );
    return train.filter((row) => kept.has(row) || Number.isNaN(labels[row]));
  }
  const most = largest(counts);
  const extra = classes.flatMap(([, members], c) => {
    const base = stream(seed, PURPOSE.sample, 2, c);
    const draw = (_: unknown, i: number): number => members[Math.floor(uniform(base, i) * members.length)];
    return Array.from({ length: most - members.length }, draw);
  });
  return Uint32Array.from([...train, ...extra]);
}

/** n / (classes × count), as in scikit-learn; rows outside training have weight 1. */
function balancedWeights(labels: Float32Array | null, train: Uint32Array): Float32Array {
  if (!labels) throw new UserError("class weights need classes.", 'Set it to "none".', "data.classWeights");
  const weights = new Float32Array(labels.length).fill(1);
  const classes = rowsByClass(labels, train);
  const n = [...classes.values()].reduce((sum, members) => sum + members.length, 0);
  for (const members of classes.values()) for (const row of members) weights[row] = n / (classes.size * members.length);
  return weights;
}
