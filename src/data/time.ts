/** Times: numbers and dates as numbers that grow. */
import { quoted } from "../text.ts";
import { UserError } from "../user-error.ts";
import { type Column, cellText, place, type Sheet } from "./sheet.ts";

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?)?/;
const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2,4})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?)?/;

const dayFirst = new WeakMap<Column, boolean>();

/** 3/4/2024 is read as month/day, unless some value of the column (13/4/2024) shows that days come first; with dots they always do. */
function daysComeFirst(column: Column): boolean {
  const known = dayFirst.get(column);
  if (known !== undefined) return known;
  const found = (column.texts ?? []).some((text) => {
    const match = YEAR_LAST.exec(text);
    return match !== null && (Number(match[1]) > 12 || text.includes("."));
  });
  dayFirst.set(column, found);
  return found;
}

/** The time in a cell, NaN if there is none. */
export function timeOf(column: Column, row: number): number {
  if (!column.texts) return column.numbers[row];
  const text = column.texts[row];
  const first = YEAR_FIRST.exec(text);
  if (first) {
    const [year, month, day, hour, minute, second] = first.slice(1).map((part) => Number(part ?? Number.NaN));
    return utc(year, month, day || 1, hour, minute, second);
  }
  const last = YEAR_LAST.exec(text);
  if (last) {
    const [a, b, year, hour, minute, second] = last.slice(1).map((part) => Number(part ?? Number.NaN));
    const [day, month] = daysComeFirst(column) ? [a, b] : [b, a];
    return utc(year < 70 ? 2000 + year : year < 100 ? 1900 + year : year, month, day, hour, minute, second);
  }
  const number = column.numbers[row];
  return Number.isNaN(number) ? Date.parse(`${text} UTC`) : number;
}

const utc = (year: number, month: number, day: number, hour: number, minute: number, second: number): number =>
  Date.UTC(year, month - 1, day, hour || 0, minute || 0, 0) + 1000 * (second || 0);

/** The times of the given rows. @throws UserError at a cell without a time. */
export const timesOf = (sheet: Sheet, column: Column, rows: Uint32Array): Float64Array =>
  Float64Array.from(rows, (row) => {
    const time = timeOf(column, row);
    if (!Number.isNaN(time)) return time;
    throw new UserError(
      `${place(sheet, row)}, column ${quoted(column.name)}: ${quoted(cellText(column, row))} is not a time.`,
      "Write a number or a date, or use another split.",
      sheet.file,
    );
  });
