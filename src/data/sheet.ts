/** A Sheet: a file of named columns, each cell a number, missing, or text. */

import { quoted } from "../text.ts";
import { UserError } from "../user-error.ts";
import { count } from "../words.ts";

export type Column = {
  name: string;
  /** NaN where the cell is missing or text */
  numbers: Float64Array;
  /** The cells as written ("" for missing), kept only if some cell is text. */
  texts: string[] | null;
};

export type Sheet = {
  /** The name of the file in sentences. */
  file: string;
  rows: number;
  columns: Column[];
  /** The line of each row in the file, from 1; null where rows have no lines. */
  lines: Uint32Array | null;
  /** What was inferred about the form of the file beyond the usual, one sentence each. */
  notes?: readonly string[];
};

const MISSING = /^(na|n\/a|\?|nan|null)?$/i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const WORDS: ReadonlyMap<string, number> = new Map([
  ["true", 1],
  ["false", 0],
  ["inf", Infinity],
  ["infinity", Infinity],
]);

export const isMissing = (text: string): boolean => MISSING.test(text);

/** The number in a cell, NaN if it is missing, undefined if it is text. */
export function cellNumber(cell: string): number | undefined {
  const text = cell.trim();
  if (MISSING.test(text)) return Number.NaN;
  if (NUMBER.test(text)) return Number(text);
  const word = WORDS.get(text.replace(/^[+-]/, "").toLowerCase());
  if (word !== undefined) return text.startsWith("-") ? -word : word;
  return undefined;
}

/** A cell as text, "" if it is missing. */
export function cellText(column: Column, row: number): string {
  if (column.texts) return column.texts[row];
  const number = column.numbers[row];
  return Number.isNaN(number) ? "" : String(number);
}

/** Columns by name, for messages and searches. */
export const names = (sheet: Sheet): string[] => sheet.columns.map((column) => column.name);

/** "row 17 (line 18)": sentences count rows from 1, plans and JSON from 0. */
export const place = (sheet: Sheet, row: number): string =>
  `row ${row + 1}${sheet.lines ? ` (line ${sheet.lines[row]})` : ""}`;

/** The error for a row number in a plan that does not exist. */
export const noRow = (sheet: Sheet, row: number | string, place: string): UserError =>
  new UserError(
    `${sheet.file} has no row with the number ${row}.`,
    `It has ${count(sheet.rows, "row")}, and a plan numbers them from 0.`,
    place,
  );

/** Where nine cells in ten are numbers, the tenth is a mistake, not a category. */
export const OTHERWISE_NUMBERS = 0.9;

/**
 * The kind of a column. Text among numbers is "stray": at least nine in ten of the cells that are not missing are numbers, or
 * most are and all the others contain the same word (an unknown mark for "missing").
 */
export function kindOf(column: Column): "numbers" | "text" | "stray" {
  if (!column.texts) return "numbers";
  let numbers = 0;
  let texts = 0;
  const words = new Set<string>();
  const values = new Set<number>();
  column.texts.forEach((text, row) => {
    const number = column.numbers[row];
    if (!Number.isNaN(number)) {
      numbers++;
      if (values.size < 2) values.add(number);
    } else if (text !== "") {
      texts++;
      if (words.size < 2) words.add(text);
    }
  });
  if (texts === 0) return "numbers";
  if (numbers >= OTHERWISE_NUMBERS * (numbers + texts)) return "stray";
  return words.size === 1 && values.size > 1 && numbers > texts ? "stray" : "text";
}

/** Refuses text in a column that is otherwise numbers, with its place. */
export function refuseStray(sheet: Sheet, column: Column): never {
  const row = column.texts!.findIndex((text, i) => text !== "" && Number.isNaN(column.numbers[i]));
  throw new UserError(
    `${place(sheet, row)}, column ${quoted(column.name)}: ${quoted(column.texts![row])} is text in a column of numbers.`,
    "Correct the cell, or leave it empty to count it as a missing value.",
    sheet.file,
  );
}

/** The distinct values of a column as text, in sorted order, missing ones left out. */
export function levels(column: Column): string[] {
  if (!column.texts) {
    const values = new Set<number>();
    for (const number of column.numbers) if (!Number.isNaN(number)) values.add(number);
    return [...values].sort((a, b) => a - b).map(String);
  }
  const values = new Set(column.texts);
  values.delete("");
  return [...values].sort();
}
