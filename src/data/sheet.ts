/** A Sheet: a file of named columns, each cell a number, missing, or text. */
import { counted, quoted } from "../text.ts";
import { UserError } from "../user-error.ts";

export type Column = {
  name: string;
  /** NaN where the cell is missing or text */
  numbers: Float64Array;
  /** The cells as they are written ("" = missing), kept only if some cell is text. */
  texts: string[] | null;
};

export type Sheet = {
  /** The name of the file, as sentences give it */
  file: string;
  rows: number;
  columns: Column[];
  /** Line of each row in the file, from 1; null where rows have no lines of their own. */
  lines: Uint32Array | null;
  /** What was inferred of the form of the file beyond the usual, one sentence each. */
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

/** The number that a cell holds, NaN if it is missing, undefined if it is text. */
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

/** Columns by name, for messages and look-ups. */
export const names = (sheet: Sheet): string[] => sheet.columns.map((column) => column.name);

/** "row 17 (line 18)": sentences count rows from 1, plans and JSON from 0. */
export const place = (sheet: Sheet, row: number): string =>
  `row ${row + 1}${sheet.lines ? ` (line ${sheet.lines[row]})` : ""}`;

/** A row that a plan names by its number and that is not there. */
export const noRow = (sheet: Sheet, row: number | string, place: string): UserError =>
  new UserError(
    `${sheet.file} has no row with the number ${row}.`,
    `It has ${counted(sheet.rows, "row")}, and a plan numbers them from 0.`,
    place,
  );

/** Of ten cells nine are numbers: then the tenth is an oversight, not a category. */
export const OTHERWISE_NUMBERS = 0.9;

/**
 * What a column is. Text among numbers is "stray": at least nine in ten of the cells that are not missing are numbers, or
 * most are and all the others hold the same word (a mark for "missing" that we do not know).
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
