/** CSV and TSV: bytes → Sheet. Numbers are read from the bytes; only cells of text become strings. */

import { listed } from "../../text.ts";
import { UserError } from "../../user-error.ts";
import { count } from "../../words.ts";
import { type Column, cellNumber, isMissing, type Sheet } from "../sheet.ts";
import { asUtf8, type Dialect, dialectOf, openQuote } from "./dialect.ts";
import { asNumbers, type Form, inForm } from "./forms.ts";
import {
  type Cells,
  CR,
  cellOf,
  DOT,
  HASH,
  isBlank,
  LF,
  MINUS,
  NINE,
  newRecord,
  PLUS,
  readRecord,
  ZERO,
} from "./records.ts";

const POWERS = Array.from({ length: 23 }, (_, i) => 10 ** i);

/** A plain decimal number, correctly rounded; NaN for anything that needs more care. */
function plainNumber(bytes: Uint8Array, from: number, to: number): number {
  let i = from;
  const sign = bytes[i] === MINUS ? -1 : 1;
  if (bytes[i] === MINUS || bytes[i] === PLUS) i++;
  // Up to 15 digits and a power of ten up to 22 are exact in float64, so one division rounds correctly.
  if (i === to || to - i > 16) return Number.NaN;
  let mantissa = 0;
  let digits = 0;
  let decimals = -1;
  for (; i < to; i++) {
    const byte = bytes[i];
    if (byte >= ZERO && byte <= NINE) {
      mantissa = mantissa * 10 + (byte - ZERO);
      digits++;
      if (decimals >= 0) decimals++;
    } else if (byte === DOT && decimals < 0) decimals = 0;
    else return Number.NaN;
  }
  if (digits === 0 || digits > 15) return Number.NaN;
  return (sign * mantissa) / (decimals > 0 ? POWERS[decimals] : 1);
}

export function parseCsv(raw: Uint8Array, file: string): Sheet {
  const { bytes, notes } = asUtf8(raw);
  const dialect = dialectOf(bytes, file);
  const { sheet, offsets } = readRows(bytes, dialect, file);
  const forms = inForms(bytes, dialect, sheet.columns, offsets);
  return { ...sheet, notes: [...notes, ...dialect.notes, ...forms] };
}

type Read = { sheet: Sheet; offsets: Float64Array };

function readRows(bytes: Uint8Array, { separator, header, rows: start, firstLine }: Dialect, file: string): Read {
  const width = header.length;
  const limit = mostRows(bytes, start, width);
  const columns = header.map((): Float64Array => new Float64Array(limit));
  const lines = new Uint32Array(limit);
  const withText = new Uint8Array(width);
  const record = newRecord(width);
  const offsets = new Float64Array(limit);
  let rows = 0;
  let line = firstLine;
  for (let at = start; at < bytes.length; at = record.next, line += record.lines) {
    if (!readRecord(bytes, at, separator, record)) throw openQuote(file, line);
    if (isBlank(record) || isComment(bytes, at, record, width)) continue;
    if (record.count !== width) throw ragged(file, rows, line, record.count, width);
    for (let c = 0; c < width; c++) {
      const [from, to] = [record.from[c], record.to[c]];
      let value = from === to ? Number.NaN : plainNumber(bytes, from, to);
      if (Number.isNaN(value) && from !== to) {
        const number = cellNumber(cellOf(bytes, record, c));
        value = number ?? Number.NaN;
        if (number === undefined) withText[c] = 1;
      }
      columns[c][rows] = value;
    }
    lines[rows] = line;
    offsets[rows++] = at;
  }
  if (rows === 0) throw new UserError("the file has a header but no rows.", "Add rows below it.", file);
  const found = header.map((name, c): Column => ({ name, numbers: columns[c].subarray(0, rows), texts: null }));
  const kept = offsets.subarray(0, rows);
  const wanted = found.filter((_, c) => withText[c]);
  const texts = textsOf(bytes, kept, separator, found, wanted);
  wanted.forEach((column, i) => {
    column.texts = texts[i];
  });
  return { sheet: { file, rows, columns: found, lines: lines.subarray(0, rows) }, offsets: kept };
}

/** A line that starts with # and has another number of cells is a comment. */
const isComment = (bytes: Uint8Array, at: number, record: Cells, width: number): boolean =>
  bytes[at] === HASH && record.count !== width;

/** The second pass: the text of every cell in the requested columns, "" where it is missing. */
function textsOf(
  bytes: Uint8Array,
  offsets: Float64Array,
  separator: number,
  columns: readonly Column[],
  wanted: readonly Column[],
): string[][] {
  const texts = wanted.map(() => new Array<string>(offsets.length));
  if (wanted.length === 0) return texts;
  const cells = wanted.map((column) => columns.indexOf(column));
  const record = newRecord(columns.length);
  for (let row = 0; row < offsets.length; row++) {
    readRecord(bytes, offsets[row], separator, record);
    for (const [i, c] of cells.entries()) {
      const cell = cellOf(bytes, record, c);
      texts[i][row] = isMissing(cell) ? "" : cell;
    }
  }
  return texts;
}

/** Converts columns of numbers in another form to numbers, in place; returns a note for each form. */
function inForms(bytes: Uint8Array, { separator }: Dialect, columns: Column[], offsets: Float64Array): string[] {
  const found = new Map<Form, string[]>();
  const put = (c: number, column: Column, form: Form): void => {
    columns[c] = column;
    found.set(form, [...(found.get(form) ?? []), column.name]);
  };
  columns.forEach((column, c) => {
    const read = asNumbers(column, separator !== COMMA);
    if (read) put(c, read.column, read.form);
  });
  // Where other columns have decimal commas, the point in 1.234 separates thousands.
  const comma = [...found.keys()].find(({ thousands }) => thousands === ".");
  const others = [...found.values()].flat();
  const pointed = columns.filter(
    ({ name, texts, numbers }) => texts === null && !others.includes(name) && numbers.some((n) => n % 1 !== 0),
  );
  if (comma)
    textsOf(bytes, offsets, separator, columns, pointed).forEach((texts, i) => {
      const { name } = pointed[i];
      if (texts.every((text) => text === "" || THOUSANDS.test(text)))
        put(columns.indexOf(pointed[i]), inForm(name, texts, comma), comma);
    });
  return [...found].map(([form, names]) => `Numbers are written with ${form.name}: ${listed(names, MOST_NAMED)}.`);
}

const COMMA = 44;
const THOUSANDS = /^[+-]?\d{1,3}(\.\d{3})*$/;
const MOST_NAMED = 5;

function ragged(file: string, row: number, line: number, cells: number, width: number): UserError {
  const fact = `row ${row + 1} (line ${line}) has ${count(cells, "cell")}, but the header has ${width}.`;
  return new UserError(
    fact,
    "Give every row one cell per column; text that contains the separator needs quotes.",
    file,
  );
}

/** The most rows: at most the number of lines, and each row has at least as many bytes as cells, so that empty lines of a wide table do not cost its width. */
function mostRows(bytes: Uint8Array, start: number, width: number): number {
  let count = 1;
  for (let i = start; i < bytes.length; i++) if (bytes[i] === LF || bytes[i] === CR) count++;
  return Math.min(count, Math.ceil((bytes.length - start + 1) / width));
}
