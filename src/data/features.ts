/** The features: which columns of a Sheet are inputs of the network, and as how many numbers each. */

import type { Plan } from "../plan/plan.ts";
import { listed, quoted } from "../text.ts";
import { UserError } from "../user-error.ts";
import { count } from "../words.ts";
import { sharedFloats } from "./dataset.ts";
import { type Column, cellText, kindOf, levels, names, refuseStray, type Sheet } from "./sheet.ts";
import { columnOf } from "./source.ts";
import { targetNames } from "./target.ts";

/** A text column with more values than this contains names or sentences, not categories. */
const MOST_CATEGORIES = 50;

/** 2024-05-31, 31.5.2024, 5/31/24, Mar 1 1960, each perhaps with a time. */
const DATE =
  /^(\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|[a-z]{3,9}\.? \d{1,2},? \d{4}|\d{1,2} [a-z]{3,9}\.? \d{4})([T ].*)?$/i;

export type Feature = { column: string; values: string[] | null };

export const isDate = (text: string): boolean => DATE.test(text);

/** The columns that the Plan's splits use. */
export function splitColumns(data: Plan["data"]): { groups: string[]; times: string[] } {
  const groups = new Set<string>();
  const times = new Set<string>();
  for (const part of [data.validation, data.test]) {
    if (!part || !("split" in part) || typeof part.split === "string") continue;
    if ("group" in part.split) groups.add(part.split.group);
    else times.add(part.split.time);
  }
  return { groups: [...groups], times: [...times] };
}

/** Which columns are used and how, decided on the training source. Sentences about this are added to `notes`. */
export function fitFeatures(data: Plan["data"], sheet: Sheet, notes: string[]): Feature[] {
  const targets = targetNames(data);
  const both = data.features?.find((name) => targets.includes(name));
  // In a table in time order the past of the target may be an input.
  if (both !== undefined && !data.window)
    throw new UserError(
      `column ${quoted(both)} is both target and feature.`,
      "Remove it from data.features.",
      "data.features",
    );
  const split = splitColumns(data);
  const aside = data.features ? [] : [...split.groups, ...split.times].filter((name) => !targets.includes(name));
  for (const name of new Set(aside)) notes.push(`Column ${name} defines the split, so it is not used as a feature.`);
  const used = data.features ?? names(sheet).filter((name) => !targets.includes(name) && !aside.includes(name));
  const features = used.flatMap((name) => fitFeature(sheet, columnOf(sheet, name, "data.features"), notes));
  if (features.length === 0)
    throw new UserError(
      "no column is left to use as a feature.",
      data.window
        ? `Add ${listed(targets)} to data.features to use its past values.`
        : `Besides the target ${listed(targets)} the file needs columns of numbers or categories.`,
      sheet.file,
    );
  return features;
}

function fitFeature(sheet: Sheet, column: Column, notes: string[]): Feature[] {
  const { name } = column;
  const kind = kindOf(column);
  if (kind === "stray") refuseStray(sheet, column);
  if (kind === "numbers") return [{ column: name, values: null }];
  const values = levels(column);
  const dates = values.filter(isDate).length;
  if (dates > values.length / 2) {
    notes.push(`Column ${name} is left out: it contains dates.`);
    return [];
  }
  if (values.length > MOST_CATEGORIES) {
    notes.push(`Column ${name} is left out: it contains text with ${count(values.length, "distinct value")}.`);
    return [];
  }
  notes.push(`Column ${name} contains text: one-hot encoded as ${count(values.length, "column")}.`);
  return [{ column: name, values }];
}

export const featureNames = (features: Feature[]): string[] =>
  features.flatMap(({ column, values }) => (values ? values.map((value) => `${column}=${value}`) : [column]));

/** The features of the given rows: rows × columns. A missing category is NaN in each of its columns. */
export function encodeFeatures(features: Feature[], sheet: Sheet, rows: Uint32Array, notes: string[]): Float32Array {
  const width = featureNames(features).length;
  const x = sharedFloats(rows.length * width);
  let at = 0;
  const parts = features.map(({ column: name, values }) => {
    const column = columnOf(sheet, name, "the file");
    if (!values && kindOf(column) !== "numbers") refuseStray(sheet, column);
    const part = {
      column,
      at,
      values,
      index: new Map(values?.map((value, i) => [value, i])),
      unseen: new Set<string>(),
    };
    at += values?.length ?? 1;
    return part;
  });
  // A block of rows with all columns at a time, because the numbers of a single column are far apart in memory.
  for (let from = 0; from < rows.length; from += BLOCK) {
    const to = Math.min(rows.length, from + BLOCK);
    for (const part of parts)
      if (part.values) encodeText(part, rows, from, to, x, width);
      else encodeNumbers(part, rows, from, to, x, width);
  }
  for (const { column, unseen } of parts)
    if (unseen.size > 0)
      notes.push(
        `Column ${column.name} has values that do not occur in the training source and are encoded as 0: ${listed([...unseen], 5)}.`,
      );
  return x;
}

const BLOCK = 1000;

/** `at`: the index of its first number in a row; `index`: the position of each value; `unseen`: values that are not in the training source. */
type Part = { column: Column; at: number; index: ReadonlyMap<string, number>; unseen: Set<string> };

function encodeNumbers(
  { column: { numbers }, at }: Part,
  rows: Uint32Array,
  from: number,
  to: number,
  x: Float32Array,
  width: number,
): void {
  for (let i = from; i < to; i++) x[i * width + at] = numbers[rows[i]];
}

function encodeText(
  { column, at, index, unseen }: Part,
  rows: Uint32Array,
  from: number,
  to: number,
  x: Float32Array,
  width: number,
): void {
  for (let i = from; i < to; i++) {
    const text = cellText(column, rows[i]);
    const found = index.get(text);
    if (found !== undefined) x[i * width + at + found] = 1;
    else if (text === "") x.fill(Number.NaN, i * width + at, i * width + at + index.size);
    else unseen.add(text);
  }
}
