/** The columns of a file before conversion: numbers, categories, dates, names, and text where numbers were meant. */
import { value } from "../text.ts";
import { isDate } from "./features.ts";
import { type Column, kindOf, type Sheet } from "./sheet.ts";
import { timeOf } from "./time.ts";

export type SourceColumn = {
  name: string;
  kind: "numbers" | "category" | "date" | "identifier" | "text" | "stray";
  missing: number;
  /** Whether dates never decrease from one row to the next, or never increase. */
  rising?: boolean;
  /** Text values in a column of numbers: how many, the first rows of the file (from 0), the line of the first (from 1), and the text there, cut. */
  stray?: { cells: number; rows: number[]; line?: number; written: string[] };
};

/** The number of rows from which the kind of text in a column is inferred. */
const MOST_ROWS = 20_000;
/** A column with more distinct values contains names or sentences, as for the features. */
const MOST_CATEGORIES = 50;
/** A column of numbers has at least this many values; codes such as 1, 2, 2a have fewer. Chosen by hand. */
const MANY_NUMBERS = 20;
const SHOWN = 5;

export const sourceColumns = ({ columns, lines }: Sheet): SourceColumn[] =>
  columns.map((column) => described(column, lines));

function described(column: Column, lines: Sheet["lines"]): SourceColumn {
  const { name, numbers, texts } = column;
  const stray = isStray(column);
  if (!texts || kindOf(column) === "numbers") return { name, kind: "numbers", missing: missingIn(numbers) };
  const missing = count(texts.length, (i) => texts[i] === "");
  if (stray) return { name, kind: "stray", missing, stray: strayOf(column, texts, lines) };
  const own = textKind(texts);
  return { name, kind: own, missing, ...(own === "date" && isRising(column, texts.length) && { rising: true }) };
}

/** Text in a column of numbers; also where it occurs more often than by mistake, as long as most cells are numbers with many values. */
function isStray(column: Column): boolean {
  const { numbers, texts } = column;
  if (!texts || kindOf(column) === "stray") return texts !== null;
  const values = new Set<number>();
  let [known, words] = [0, 0];
  texts.forEach((text, i) => {
    if (text === "") return;
    if (Number.isNaN(numbers[i])) words++;
    else {
      known++;
      if (values.size < MANY_NUMBERS) values.add(numbers[i]);
    }
  });
  return words > 0 && known > words && values.size >= MANY_NUMBERS;
}

function missingIn(numbers: Float64Array): number {
  let found = 0;
  for (let i = 0; i < numbers.length; i++) if (Number.isNaN(numbers[i])) found++;
  return found;
}

function count(n: number, is: (i: number) => boolean): number {
  let found = 0;
  for (let i = 0; i < n; i++) if (is(i)) found++;
  return found;
}

function strayOf({ numbers }: Column, texts: string[], lines: Sheet["lines"]): SourceColumn["stray"] {
  const isText = (i: number): boolean => texts[i] !== "" && Number.isNaN(numbers[i]);
  const rows: number[] = [];
  const written = new Set<string>();
  for (let i = 0; i < texts.length && rows.length < SHOWN; i++)
    if (isText(i)) {
      rows.push(i);
      written.add(value(texts[i]));
    }
  return { cells: count(texts.length, isText), rows, ...(lines && { line: lines[rows[0]] }), written: [...written] };
}

function textKind(texts: string[]): SourceColumn["kind"] {
  const some = texts.slice(0, MOST_ROWS).filter((text) => text !== "");
  const values = new Set(some);
  if ([...values].filter(isDate).length > values.size / 2) return "date";
  if (values.size <= MOST_CATEGORIES) return "category";
  return values.size === some.length ? "identifier" : "text";
}

function isRising(column: Column, rows: number): boolean {
  let [up, down, last] = [0, 0, Number.NaN];
  for (let row = 0; row < Math.min(rows, MOST_ROWS); row++) {
    const time = timeOf(column, row);
    if (time > last) up++;
    if (time < last) down++;
    if (!Number.isNaN(time)) last = time;
  }
  return up + down > 1 && Math.min(up, down) === 0;
}

/** The same with stray text counted as missing: an audit reports all of it instead of stopping at the first cell. */
export const withoutStray = (sheet: Sheet): Sheet => ({
  ...sheet,
  columns: sheet.columns.map((column) =>
    isStray(column) ? { name: column.name, numbers: column.numbers, texts: null } : column,
  ),
});
