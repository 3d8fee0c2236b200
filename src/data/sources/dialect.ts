/** The dialect of delimited text, found in its first records: encoding, separator, comment lines, whether it has a header. */

import { largest } from "../../lists.ts";
import { UserError } from "../../user-error.ts";
import { count } from "../../words.ts";
import { cellNumber } from "../sheet.ts";
import { type Cells, CR, cellsOf, HASH, isBlank, LF, newRecord, readRecord, TAB } from "./records.ts";

export type Dialect = {
  /** The separator, as a byte. */
  separator: number;
  /** The offset of the header, or of the first row where there is none; and its line, from 1. */
  start: number;
  line: number;
  header: string[];
  /** The offset of the rows, and the line of the first. */
  rows: number;
  firstLine: number;
  /** Sentences about what is unusual. */
  notes: string[];
};

/** The most columns: wider tables are images or spectra, for which there are other formats. */
export const MOST_COLUMNS = 2 ** 16;
/** The most bytes of a header. */
export const LONGEST_LINE = 2 ** 21;
const SAMPLE_BYTES = 2 ** 20;
const SAMPLE_ROWS = 100;

const SEPARATORS: { byte: number; name: string }[] = [
  { byte: 44, name: "a comma" },
  { byte: 59, name: "a semicolon" },
  { byte: TAB, name: "a tab" },
  { byte: 124, name: "|" },
];

/** The text as UTF-8 without a byte order mark; UTF-16 is recognised by its mark, and bytes that are not UTF-8 are read as Windows-1252 (Latin-1). */
export function asUtf8(bytes: Uint8Array): { bytes: Uint8Array; notes: string[] } {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { bytes: bytes.subarray(3), notes: [] };
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    return { bytes: recoded(bytes.subarray(2), a === 0xff ? "utf-16le" : "utf-16be"), notes: ["The file is UTF-16."] };
  if (isUtf8(bytes)) return { bytes, notes: [] };
  return {
    bytes: recoded(bytes, "windows-1252"),
    notes: ["The file is not valid UTF-8 and is read as Latin-1."],
  };
}

const PIECE = 2 ** 20;

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  // A decoder does not accept shared memory; a slice is a copy outside it.
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.slice(at, at + PIECE);
}

function isUtf8(bytes: Uint8Array): boolean {
  const first = bytes.findIndex((byte) => byte > 127);
  if (first < 0) return true;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for (const piece of pieces(bytes.subarray(first))) decoder.decode(piece, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

function recoded(bytes: Uint8Array, encoding: string): Uint8Array {
  const [decoder, encoder] = [new TextDecoder(encoding), new TextEncoder()];
  const parts = [...pieces(bytes)].map((piece) => encoder.encode(decoder.decode(piece, { stream: true })));
  parts.push(encoder.encode(decoder.decode()));
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** @param bytes UTF-8, the whole text or its beginning (`whole` false). */
export function dialectOf(bytes: Uint8Array, file: string, whole = true): Dialect {
  const { at, line, comments } = beginning(bytes);
  if (at >= bytes.length) throw new UserError("the file is empty.", "Give a table with a header and rows.", file);
  const sample = bytes.subarray(0, at + SAMPLE_BYTES);
  const complete = whole && sample.length === bytes.length;
  const head = newRecord(MOST_COLUMNS);
  const records = (from: number, separator: number) => recordsOf(sample, from, separator, complete, head);
  const separator = separatorOf((byte) => records(at, byte));
  if (!readRecord(bytes, at, separator.byte, head)) throw openQuote(file, line);
  if (head.next - at > LONGEST_LINE || (!whole && head.next > bytes.length))
    throw new UserError(`line ${line} is longer than 2 MB.`, "Write each row on a line of its own.", file);
  if (head.count > MOST_COLUMNS)
    throw new UserError(
      `the header has ${count(head.count, "column")}; at most 65,536 can be read.`,
      "Save the data as .npy or IDX files.",
      file,
    );
  const notes = separator.byte === 44 || separator.byte === TAB ? [] : [`The separator is ${separator.name}.`];
  const first = cellsOf(bytes, head);
  const { next, lines } = head;
  const rows = records(next, separator.byte).filter((row) => row.length === first.length);
  const common = { separator: separator.byte, notes };
  const above = comments.at(-1);
  const title = above ? hashHeader(bytes, above, separator.byte) : null;
  if (above && title?.length === first.length && title.length > 1 && first.some(isNumber)) {
    if (comments.length > 1)
      notes.push(
        `${count(comments.length - 1, "comment line")} above the header ${comments.length === 2 ? "is" : "are"} skipped.`,
      );
    return { ...common, start: above.at, line: above.line, header: title, rows: at, firstLine: line };
  }
  if (comments.length > 0)
    notes.push(`Lines that start with # are skipped as comments (${comments.length} at the top).`);
  if (lacksHeader(first, rows)) {
    const header = first.map((_, i) => `x${i}`);
    notes.push(`The first line contains numbers, not column names: the columns are named x0 … x${header.length - 1}.`);
    return { ...common, start: at, line, header, rows: at, firstLine: line };
  }
  return { ...common, start: at, line, header: named(first), rows: next, firstLine: line + lines };
}

type Line = { at: number; end: number; line: number };

/** The offset of the table, after empty lines and lines that start with #. */
function beginning(bytes: Uint8Array): { at: number; line: number; comments: Line[] } {
  const comments: Line[] = [];
  let [at, line] = [0, 1];
  while (at < bytes.length && (bytes[at] === LF || bytes[at] === CR || bytes[at] === HASH)) {
    let end = at;
    while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end++;
    if (bytes[at] === HASH) comments.push({ at, end, line });
    at = end + (bytes[end] === CR && bytes[end + 1] === LF ? 2 : 1);
    line++;
  }
  return { at, line, comments };
}

/** The records from `at` on, as text, without the last one if it may be cut off. */
function recordsOf(bytes: Uint8Array, at: number, separator: number, complete: boolean, record: Cells): string[][] {
  const found: string[][] = [];
  for (let next = at; next < bytes.length && found.length < SAMPLE_ROWS; next = record.next) {
    if (!readRecord(bytes, next, separator, record) || (record.next > bytes.length && !complete)) break;
    if (!isBlank(record)) found.push(cellsOf(bytes, record));
  }
  return found;
}

const DECIMAL_COMMA = /^[+-]?\d+,\d+$/;

/** The separator that splits every record into the same number of cells, preferably many; if there is none, the most frequent one of the first line. */
function separatorOf(recordsBy: (separator: number) => string[][]): { byte: number; name: string } {
  const cuts = SEPARATORS.map((one) => ({ one, records: recordsBy(one.byte) }));
  const even = cuts
    .filter(({ records }) => records.length > 0 && records[0].length > 1)
    .filter(({ records }) => records.every((record) => record.length === records[0].length))
    .sort((a, b) => b.records[0].length - a.records[0].length);
  // 1,5;2,5 could also be split into equal parts at its decimal commas.
  const numbers = even.find(
    ({ one, records }) => one.byte !== 44 && records.flat().some((cell) => DECIMAL_COMMA.test(cell)),
  );
  if (even.length > 0) return (even[0].one.byte === 44 && numbers ? numbers : even[0]).one;
  const widths = cuts.map(({ records }) => records[0]?.length ?? 0);
  return SEPARATORS[widths.indexOf(largest(widths))];
}

const isNumber = (cell: string): boolean => DECIMAL_COMMA.test(cell) || Number.isFinite(cellNumber(cell));

/**
 * Whether the first record is a row: it has numbers wherever the records below do, and these are not names such as
 * 0, 1, 2 … or 2019, 2020.
 */
function lacksHeader(first: string[], rows: string[][]): boolean {
  const numbers = first.filter(isNumber).map(Number);
  if (rows.length === 0 || numbers.length === 0) return false;
  const names = numbers.every((number, i) => Number.isInteger(number) && (i === 0 || number === numbers[i - 1] + 1));
  if (names) return false;
  return first.every((cell, c) => isNumber(cell) || cell === "" || !rows.every((row) => isNumber(row[c])));
}

/** The cells of a comment `# a b c` that names the columns below. */
function hashHeader(bytes: Uint8Array, { at, end }: Line, separator: number): string[] {
  const record = newRecord(MOST_COLUMNS);
  return readRecord(bytes.subarray(0, end), at + 1, separator, record) ? named(cellsOf(bytes, record)) : [];
}

/** Column names as in pandas: a nameless column is "Unnamed: 3", a second "x" is "x.1". */
function named(cells: string[]): string[] {
  const taken = new Set<string>();
  const repeated = new Map<string, number>();
  return cells.map((cell, i) => {
    const base = cell.trim() || `Unnamed: ${i}`;
    let name = base;
    // The count is kept, so that a header that repeats one word takes no time.
    for (let n = repeated.get(base) ?? 1; taken.has(name); n++) {
      name = `${base}.${n}`;
      repeated.set(base, n + 1);
    }
    taken.add(name);
    return name;
  });
}

export const openQuote = (file: string, line: number): UserError =>
  new UserError(`the quote that opens in line ${line} is never closed.`, "Close or remove the quote.", file);
