/** The Profile: what was measured of the data, plain JSON. */
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
  /** Counted up to 1,000. */
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
  /** The column of dates or times in whose order the rows of the file come; of sequences, that they have steps in common. */
  inTime?: { column: string | null; overlapping: boolean };
  /** The training rows as the network sees them; at most 200 columns, for images one of all pixels, for tokens none. */
  columns: ColumnProfile[];
  /** The same before missing cells are filled and columns scaled. */
  raw: ColumnProfile[];
  /** The validation rows as the network sees them. */
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
  /** Largest by smallest spread of the columns that are not constant. */
  ratio: number;
  /** The column that spreads most */
  worst: string;
  /** Columns that hold one value in every training row of the source. */
  constant: string[];
  /** Cells and rows (training and validation) where the source holds no finite number and the network sees none either. */
  missingRows: number;
  missingCells: number;
  /** The first five rows of the file (from 0) of each such column; rows of an own validation source are not listed. */
  missing: { column: string; rows: number[] }[];
};

const MOST_COLUMNS = 200;
const MOST_DISTINCT = 1000;
/** Distinct values of pixels are counted in about so many, in images spread over all. */
const MOST_PIXELS = 5e5;

export function profile(plan: Plan, dataset: Dataset, prepared: Prepared): Profile {
  const { table } = dataset;
  const raw = rawOf(dataset);
  const size = product(table.shape);
  const images = isImages(table);
  const train = trainingRows(prepared);
  const tokens = readsTokens(plan);
  // Of sequences a column is a feature, at all steps.
  const across = isWindowed(table) ? table.shape[1] : size;
  const steps = (rows: Uint32Array): Uint32Array => stepsOf(rows, size / across);
  const names = images ? [wholeName(table.shape)] : columnNames(table.features, across);
  const lines = steps(train);
  const seen = moments(prepared.x, across, lines);
  const before = raw.x === prepared.x ? seen : moments(raw.x, across, lines);
  const columns = (x: Float32Array, of: Moments, rows: Uint32Array): ColumnProfile[] =>
    tokens ? [] : images ? [pixelProfile(names[0], x, of, size, rows)] : columnProfiles(x, of, names, rows);
  const shownColumns = columns(prepared.x, seen, lines);
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
    raw: before === seen ? shownColumns : columns(raw.x, before, lines),
    validationColumns: columns(prepared.x, moments(prepared.x, across, watched), watched),
    inputs: {
      ...(tokens ? UNMEASURED : spreads(images ? pooled(seen) : seen, pooled(seen), names)),
      ...(tokens ? { constant: [] } : constants(before, images, names)),
      ...missingCells(dataset, raw.x, prepared, train, size, names),
    },
    duplicates: repeated(raw.x, size, y, width, train, prepared.validation),
    order: orderOf(values, width, train, table.target.kind === "classes"),
  };
}

/** What is counted without a look at the inputs. */
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

/** What all numbers of an image, or of a sound, are called together. */
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

/** Of the first `columns`. */
function distinctValues(x: Float32Array, size: number, columns: number, rows: Uint32Array): number[] {
  const seen = Array.from({ length: columns }, () => new Set<number>());
  eachBlock(x, size, rows, (block, own) => {
    for (let c = 0; c < columns; c++) {
      const values = seen[c];
      if (values.size >= MOST_DISTINCT) continue;
      // A column of few values mostly repeats one of its last two.
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
  return seen.map(({ size }) => Math.min(size, MOST_DISTINCT));
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

// Numbers of tokens have no size that a network would feel.
const UNMEASURED: Spreads = { mean: 0, std: 1, maxAbs: 1, largestStd: 1, smallestStd: 1, ratio: 1, worst: "" };

type Spreads = Pick<Inputs, "mean" | "std" | "maxAbs" | "largestStd" | "smallestStd" | "ratio" | "worst">;

function spreads(of: Moments, all: Moments, names: string[]): Spreads {
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
    missing: [...found].map(([column, rows]) => ({ column, rows: rows.sort((a, b) => a - b) })),
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
