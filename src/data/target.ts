/** The target: from columns of a Sheet to what is trained on. */

import type { Plan } from "../plan/plan.ts";
import { listed, quoted } from "../text.ts";
import { UserError } from "../user-error.ts";
import { sharedFloats, type Target, type Task } from "./dataset.ts";
import { type Column, cellNumber, cellText, kindOf, levels, noRow, place, refuseStray, type Sheet } from "./sheet.ts";
import { columnOf } from "./source.ts";

type Data = Plan["data"];

export const targetNames = (data: Data): string[] => (typeof data.target === "string" ? [data.target] : data.target);

/** The target columns with `labels` applied and, for the training source, `relabel`. */
export function targetColumns(data: Data, sheet: Sheet, relabel: boolean): Column[] {
  let columns = targetNames(data).map((name) => columnOf(sheet, name, "data.target"));
  if (data.labels) columns = columns.map((column) => translate(sheet, column, data.labels!));
  if (relabel && data.relabel) columns = relabelled(data, sheet, columns);
  for (const column of columns) if (kindOf(column) === "stray") refuseStray(sheet, column);
  return columns;
}

/** Replaces each value of the file by its number in `labels`; a number without an entry stays. */
function translate(sheet: Sheet, column: Column, labels: Record<string, number>): Column {
  const byText = new Map(Object.entries(labels));
  const byNumber = new Map<number, number>();
  for (const [text, label] of byText) {
    const number = cellNumber(text);
    if (number !== undefined && !Number.isNaN(number)) byNumber.set(number, label);
  }
  const numbers = new Float64Array(sheet.rows);
  for (let row = 0; row < sheet.rows; row++) {
    const number = column.numbers[row];
    const text = column.texts ? column.texts[row] : "";
    numbers[row] = byNumber.get(number) ?? byText.get(text) ?? number;
    if (text !== "" && Number.isNaN(numbers[row]) && Number.isNaN(number))
      throw new UserError(
        `${place(sheet, row)}, column ${quoted(column.name)}: data.labels has no entry for ${quoted(text)}.`,
        "Add one to data.labels.",
        sheet.file,
      );
  }
  return { name: column.name, numbers, texts: null };
}

function relabelled(data: Data, sheet: Sheet, columns: Column[]): Column[] {
  const copies = columns.map((column) => ({
    name: column.name,
    numbers: column.numbers.slice(),
    texts: column.texts?.slice() ?? null,
  }));
  for (const [key, label] of Object.entries(data.relabel ?? {})) {
    const row = Number(key);
    const where = `data.relabel.${key}`;
    if (!Number.isInteger(row) || row < 0 || row >= sheet.rows) throw noRow(sheet, key, where);
    const own = typeof label === "string" && data.labels && Object.hasOwn(data.labels, label);
    const named = own ? data.labels![label] : undefined;
    setLabel(copies, row, named ?? label, where);
  }
  return copies;
}

function setLabel(columns: Column[], row: number, label: string | number, where: string): void {
  if (columns.length > 1) {
    const index = columns.findIndex((column, i) => column.name === label || i === Number(label));
    if (index < 0)
      throw new UserError(
        `${quoted(String(label))} is not one of the target columns.`,
        `They are ${listed(columns.map((column) => column.name))}.`,
        where,
      );
    columns.forEach((column, i) => {
      column.numbers[row] = i === index ? 1 : 0;
    });
    return;
  }
  const [column] = columns;
  const number = typeof label === "number" ? label : cellNumber(label);
  if (number === undefined && !column.texts)
    throw new UserError(
      `${quoted(label as string)} is not a number, but the values of column ${quoted(column.name)} are.`,
      "Give a number.",
      where,
    );
  column.numbers[row] = number ?? Number.NaN;
  if (column.texts) column.texts[row] = String(label);
}

/** The number of 1s in a row of 0/1 columns, NaN if a cell is missing; undefined if a cell is neither. */
export function ones(columns: Column[], row: number): number | undefined {
  let sum = 0;
  for (const { numbers } of columns) {
    const value = numbers[row];
    if (value !== 0 && value !== 1 && !Number.isNaN(value)) return undefined;
    sum += value;
  }
  return sum;
}

/**
 * The target of a table. `fitted` is that of the training source: its classes keep their numbers, a class that only
 * occurs elsewhere is numbered after them.
 */
export function encodeTarget(
  data: Data,
  task: Task,
  sheet: Sheet,
  columns: Column[],
  rows: Uint32Array,
  fitted: Target | null,
): Target {
  if (task !== "classification") return numbersTarget(task, sheet, columns, rows);
  if (columns.length > 1) return oneHotTarget(sheet, columns, rows);
  const [column] = columns;
  if (fitted ? fitted.kind === "classes" && fitted.encoding === "text" : column.texts !== null)
    return textTarget(column, rows, fitted);
  if (column.texts)
    throw new UserError(
      `column ${quoted(column.name)} contains text, but numbers in the training source.`,
      "Write the classes in the same way in both files.",
      sheet.file,
    );
  const labels = sharedFloats(rows.length);
  for (let i = 0; i < rows.length; i++) labels[i] = column.numbers[rows[i]];
  const values = distinct(labels);
  const words = (value: number): string[] =>
    Object.entries(data.labels ?? {}).flatMap(([text, label]) => (label === value ? [text] : []));
  const names = values.map((value) => words(value).join(" / ") || String(value));
  return { kind: "classes", columns: [column.name], labels, names, values, encoding: "integer" };
}

/** The distinct values in ascending order, missing ones left out. */
export function distinct(values: Float32Array): number[] {
  const found = new Set<number>();
  for (const value of values) if (!Number.isNaN(value)) found.add(value);
  return [...found].sort((a, b) => a - b);
}

function textTarget(column: Column, rows: Uint32Array, fitted: Target | null): Target {
  const texts = Array.from(rows, (row) => cellText(column, row));
  const names = fitted?.kind === "classes" ? [...fitted.names] : [];
  for (const name of levels({ ...column, texts })) if (!names.includes(name)) names.push(name);
  const index = new Map(names.map((name, i) => [name, i]));
  const labels = sharedFloats(rows.length);
  texts.forEach((text, i) => {
    labels[i] = index.get(text) ?? Number.NaN;
  });
  return { kind: "classes", columns: [column.name], labels, names, values: names.map((_, i) => i), encoding: "text" };
}

function oneHotTarget(sheet: Sheet, columns: Column[], rows: Uint32Array): Target {
  const labels = sharedFloats(rows.length);
  rows.forEach((row, i) => {
    const count = columns.some((column) => column.texts) ? undefined : ones(columns, row);
    if (count !== 1 && !Number.isNaN(count))
      throw new UserError(
        `${place(sheet, row)}: the target columns are not one-hot (a single 1 and otherwise 0).`,
        'Set data.task to "multilabel" or "regression", or correct the row.',
        sheet.file,
      );
    labels[i] = count === 1 ? columns.findIndex((column) => column.numbers[row] === 1) : Number.NaN;
  });
  const names = columns.map((column) => column.name);
  return { kind: "classes", columns: names, labels, names, values: names.map((_, i) => i), encoding: "oneHot" };
}

function numbersTarget(task: Task, sheet: Sheet, columns: Column[], rows: Uint32Array): Target {
  const width = columns.length;
  const values = sharedFloats(rows.length * width);
  columns.forEach((column, c) => {
    if (column.texts)
      throw new UserError(
        `the target column ${quoted(column.name)} contains text, but a ${task} task needs numbers.`,
        'Set data.task to "classification", or map each text to a number in data.labels.',
        sheet.file,
      );
    for (let i = 0; i < rows.length; i++) values[i * width + c] = column.numbers[rows[i]];
  });
  return { kind: "numbers", columns: columns.map((column) => column.name), values };
}
