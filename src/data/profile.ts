/** The Profile: the measurements of the data, as plain JSON. */
import { readsTokens } from "../plan/describe.ts";
import type { Plan } from "../plan/plan.ts";
import { type Dataset, isImages, isWindowed, product, sourceRow, type Target, type Task } from "./dataset.ts";
import { repeated, targetKeys } from "./duplicates.ts";
import { type Order, orderOf } from "./order.ts";
import { type Prepared, rawOf, stepsOf } from "./prepare.ts";
import { trainingRows } from "./rows.ts";
import { eachBlock, type Moments, moments, pooled } from "./scale.ts";

type ColumnProfile = {
  name: string;
  missing: number;
  /** The number of distinct values, counted up to 1,000. */
  distinct: number;
  min: number;
  max: number;
  mean: number;
  std: number;
};

type TargetColumn = { name: string; min: number; max: number; mean: number; std: number };

export type Profile = {
  rows: number;
  features: number;
  shape: number[];
  task: Task;
  images: boolean;
  split: { kind: string; train: number; validation: number; test: number };
  /** The column of dates or times by which the rows of the file are ordered; for sequences, that they overlap. */
  inTime?: { column: string | null; overlapping: boolean };
  /** The training rows as inputs of the network; at most 200 columns, for images one of all pixels, for tokens none. */
  columns: ColumnProfile[];
  /** The same before imputation and scaling. */
  raw: ColumnProfile[];
  /** The validation rows as inputs of the network. */
  validationColumns: ColumnProfile[];
  inputs: Inputs;
  target:
    | {
        kind: "classes";
        encoding: Extract<Target, { kind: "classes" }>["encoding"];
        classes: { name: string; value: number; train: number; validation: number }[];
        missing: number;
      }
    | { kind: "numbers"; columns: TargetColumn[]; missing: number };
  /** Rows equal in all inputs and the target: within training, and validation rows that are also training rows. */
  duplicates: { within: number; across: number };
  /** The target of the training rows, in the order of the file. */
  order: Order;
};

type Inputs = {
  mean: number;
  std: number;
  maxAbs: number;
  largestStd: number;
  smallestStd: number;
  /** The largest divided by the smallest standard deviation of the columns that are not constant. */
  ratio: number;
  /** The column with the largest standard deviation. */
  worst: string;
  /** Columns with the same value in every training row of the source. */
  constant: string[];
  /** Cells and rows (training and validation) in which the source has no finite number and the input of the network has none either. */
  missingRows: number;
  missingCells: number;
  /** Up to five rows of the file (from 0) for each such column, and the line of the first, from 1; rows of a separate validation source are not listed. */
  missing: { column: string; rows: number[]; line?: number }[];
};

const MOST_COLUMNS = 200;
const MOST_DISTINCT = 1000;
/** Distinct values of pixels are counted in about this many, in images sampled evenly. */
const MOST_PIXELS = 5e5;

export function profile(plan: Plan, dataset: Dataset, prepared: Prepared): Profile {
  const { table } = dataset;
  const raw = rawOf(dataset);
  const size = product(table.shape);
  const images = isImages(table);
  const train = trainingRows(prepared);
  const tokens = readsTokens(plan);
  // A column of sequences is a feature, over all steps.
  const across = isWindowed(table) ? table.shape[1] : size;
  const steps = (rows: Uint32Array): Uint32Array => stepsOf(rows, size / across);
  const names = images ? [wholeName(table.shape)] : columnNames(table.features, across);
  const lines = steps(train);
  const inputs = moments(prepared.x, across, lines);
  const before = raw.x === prepared.x ? inputs : moments(raw.x, across, lines);
  const columns = (x: Float32Array, of: Moments, rows: Uint32Array): ColumnProfile[] =>
    tokens ? [] : images ? [pixelProfile(names[0], x, of, size, rows)] : columnProfiles(x, of, names, rows);
  const shownColumns = columns(prepared.x, inputs, lines);
  const watched = steps(prepared.validation);
  const { values, width } = targetKeys(table.target);
  const y = raw.y;
  return {
    ...counted(plan, dataset, prepared),
    features: size,
    shape: table.shape,
    task: dataset.task,
    images,
    ...((dataset.clock || isWindowed(table)) && {
      inTime: { column: dataset.clock ?? null, overlapping: isWindowed(table) && table.shape[0] > 1 },
    }),
    columns: shownColumns,
    raw: before === inputs ? shownColumns : columns(raw.x, before, lines),
    validationColumns: columns(prepared.x, moments(prepared.x, across, watched), watched),
    inputs: {
      ...(tokens ? UNMEASURED : scales(images ? pooled(inputs) : inputs, pooled(inputs), names)),
      ...(tokens ? { constant: [] } : constants(before, images, names)),
      ...missingCells(dataset, raw.x, prepared, train, size, names),
    },
    duplicates: repeated(raw.x, size, y, width, train, prepared.validation),
    order: orderOf(values, width, train, table.target.kind === "classes"),
  };
}

/** The counts that need no inputs. */
export function counted(plan: Plan, dataset: Dataset, prepared: Prepared): Pick<Profile, "rows" | "split" | "target"> {
  const { train, validation, test } = prepared;
  return {
    rows: dataset.table.rows,
    split: { kind: splitKind(plan), train: train.length, validation: validation.length, test: test.length },
    target: targetProfile(dataset, prepared, rawOf(dataset).y, trainingRows(prepared)),
  };
}

function splitKind(plan: Plan): string {
  const { validation } = plan.data;
  if (!validation) return "none";
  if ("source" in validation) return "source";
  return typeof validation.split === "string" ? validation.split : "group" in validation.split ? "group" : "time";
}

/** The common name of all numbers of an image or of a sound. */
const wholeName = ({ length }: number[]): string => (length === 3 ? "pixels" : "cells");

const columnNames = (features: string[], size: number): string[] =>
  features.length === size ? features : Array.from({ length: size }, (_, i) => `x${i}`);

function columnProfiles(x: Float32Array, of: Moments, names: string[], rows: Uint32Array): ColumnProfile[] {
  const shown = names.slice(0, MOST_COLUMNS);
  const distinct = distinctValues(x, names.length, shown.length, rows);
  return shown.map((name, c) => ({
    name,
    missing: rows.length - of.count[c],
    distinct: distinct[c],
    min: of.min[c],
    max: of.max[c],
    mean: of.mean[c],
    std: of.std[c],
  }));
}

/** The numbers of distinct values in the first `columns`. */
function distinctValues(x: Float32Array, size: number, columns: number, rows: Uint32Array): number[] {
  const distinct = Array.from({ length: columns }, () => new Set<number>());
  eachBlock(x, size, rows, (block, own) => {
    for (let c = 0; c < columns; c++) {
      const values = distinct[c];
      if (values.size >= MOST_DISTINCT) continue;
      // A value in a column of few values is usually one of the last two.
      let [last, before] = [Number.NaN, Number.NaN];
      for (let i = c * own; i < (c + 1) * own; i++) {
        const value = block[i];
        if (value === last || value === before || Number.isNaN(value)) continue;
        before = last;
        last = value;
        values.add(value);
      }
    }
  });
  return distinct.map(({ size }) => Math.min(size, MOST_DISTINCT));
}

function pixelProfile(name: string, x: Float32Array, of: Moments, size: number, rows: Uint32Array): ColumnProfile {
  const all = pooled(of);
  const values = new Set<number>();
  const step = Math.max(1, Math.floor((rows.length * size) / MOST_PIXELS));
  for (let i = 0; i < rows.length && values.size < MOST_DISTINCT; i += step)
    for (let at = rows[i] * size; at < (rows[i] + 1) * size; at++) if (!Number.isNaN(x[at])) values.add(x[at]);
  return {
    name,
    missing: rows.length * size - all.count[0],
    distinct: Math.min(values.size, MOST_DISTINCT),
    min: all.min[0],
    max: all.max[0],
    mean: all.mean[0],
    std: all.std[0],
  };
}

// The size of a token's number has no meaning for the network.
const UNMEASURED: Scales = { mean: 0, std: 1, maxAbs: 1, largestStd: 1, smallestStd: 1, ratio: 1, worst: "" };

type Scales = Pick<Inputs, "mean" | "std" | "maxAbs" | "largestStd" | "smallestStd" | "ratio" | "worst">;

function scales(of: Moments, all: Moments, names: string[]): Scales {
  let [worst, best] = [-1, -1];
  of.std.forEach((std, c) => {
    if (!(std > 0) || !Number.isFinite(std)) return;
    if (worst < 0 || std > of.std[worst]) worst = c;
    if (best < 0 || std < of.std[best]) best = c;
  });
  const varies = worst >= 0;
  return {
    mean: all.mean[0],
    std: all.std[0],
    maxAbs: Math.max(Math.abs(all.min[0]), Math.abs(all.max[0])),
    largestStd: varies ? of.std[worst] : 0,
    smallestStd: varies ? of.std[best] : 0,
    ratio: varies ? of.std[worst] / of.std[best] : 1,
    worst: varies ? names[worst] : "",
  };
}

function constants(before: Moments, images: boolean, names: string[]): Pick<Inputs, "constant"> {
  const of = images ? pooled(before) : before;
  const constant = names.filter((_, c) => of.count[c] > 0 && of.min[c] === of.max[c]);
  return { constant };
}

function missingCells(
  dataset: Dataset,
  raw: Float32Array,
  prepared: Prepared,
  train: Uint32Array,
  size: number,
  names: string[],
): Pick<Inputs, "missing" | "missingRows" | "missingCells"> {
  const { x } = prepared;
  const found = new Map<string, number[]>();
  let cells = 0;
  let withMissing = 0;
  for (const part of [train, prepared.validation])
    for (const row of part) {
      const before = cells;
      for (let i = 0, at = row * size; i < size; i++, at++) {
        if (Number.isFinite(raw[at]) || Number.isFinite(x[at])) continue;
        cells++;
        const name = names[i % names.length];
        const rows = found.get(name) ?? [];
        found.set(name, rows);
        if (rows.length === 5) continue;
        const from = sourceRow(dataset, row);
        if (from.part === "source" && rows.at(-1) !== from.row) rows.push(from.row);
      }
      if (cells > before) withMissing++;
    }
  return {
    missingRows: withMissing,
    missingCells: cells,
    missing: [...found].map(([column, unsorted]) => {
      const rows = unsorted.sort((a, b) => a - b);
      const line = dataset.table.lines?.[rows[0]];
      return { column, rows, ...(line !== undefined && { line }) };
    }),
  };
}

function targetProfile(dataset: Dataset, prepared: Prepared, raw: Float32Array, train: Uint32Array): Profile["target"] {
  const { target } = dataset.table;
  const width = target.kind === "classes" ? 1 : target.columns.length;
  let missing = 0;
  for (const part of [train, prepared.validation])
    for (const row of part) for (let c = 0; c < width; c++) if (Number.isNaN(raw[row * width + c])) missing++;
  if (target.kind === "tokens") return { kind: "numbers", columns: [], missing };
  if (target.kind === "numbers") {
    const of = moments(prepared.y, width, train);
    const columns = target.columns.map((name, c) => ({
      name,
      min: of.min[c],
      max: of.max[c],
      mean: of.mean[c],
      std: of.std[c],
    }));
    return { kind: "numbers", columns, missing };
  }
  const count = (rows: Uint32Array): Map<number, number> => {
    const counts = new Map<number, number>();
    for (const row of rows) counts.set(raw[row], (counts.get(raw[row]) ?? 0) + 1);
    return counts;
  };
  const [trained, watched] = [count(prepared.train), count(prepared.validation)];
  const known = new Map<number, string>();
  for (const part of [target, dataset.validation?.target])
    if (part?.kind === "classes") for (const [i, value] of part.values.entries()) known.set(value, part.names[i]);
  const classes = [...known].map(([value, name]) => ({
    name,
    value,
    train: trained.get(value) ?? 0,
    validation: watched.get(value) ?? 0,
  }));
  return { kind: "classes", encoding: target.encoding, classes, missing };
}
