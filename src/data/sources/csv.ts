/** CSV and TSV: bytes → Sheet. Numbers are read from the bytes; only cells of text become strings. */
import { UserError } from "../../errors.ts";
import { type Column, cellNumber, isMissing, type Sheet } from "../sheet.ts";

const [TAB, LF, CR, SPACE, QUOTE, PLUS, MINUS, DOT, ZERO, NINE] = [9, 10, 13, 32, 34, 43, 45, 46, 48, 57];
const POWERS = Array.from({ length: 23 }, (_, i) => 10 ** i);

/** Where the cells of one record lie. */
type Cells = { count: number; from: Uint32Array; to: Uint32Array; quoted: Uint8Array; next: number; lines: number };

const newRecord = (width: number): Cells => ({
  count: 0,
  from: new Uint32Array(width),
  to: new Uint32Array(width),
  quoted: new Uint8Array(width),
  next: 0,
  lines: 0,
});

/** Reads the record at `at`. Cells beyond the width of `record` are counted only. Returns false for an open quote. */
function readRecord(bytes: Uint8Array, at: number, separator: number, record: Cells): boolean {
  const end = bytes.length;
  const width = record.from.length;
  let i = at;
  let count = 0;
  record.lines = 1;
  while (true) {
    let from = i;
    let to: number;
    let quoted = 0;
    let start = i;
    while (start < end && bytes[start] === SPACE) start++;
    if (start < end && bytes[start] === QUOTE) {
      quoted = 1;
      from = i = start + 1;
      while (i < end && !(bytes[i] === QUOTE && bytes[i + 1] !== QUOTE)) {
        if (bytes[i] === LF) record.lines++;
        i += bytes[i] === QUOTE ? 2 : 1;
      }
      if (i >= end) return false;
      to = i;
      i++;
      while (i < end && bytes[i] !== separator && bytes[i] !== LF && bytes[i] !== CR) i++;
    } else {
      while (i < end && bytes[i] !== separator && bytes[i] !== LF && bytes[i] !== CR) i++;
      to = i;
    }
    if (count < width) {
      record.from[count] = from;
      record.to[count] = to;
      record.quoted[count] = quoted;
    }
    count++;
    if (i < end && bytes[i] === separator) {
      i++;
      continue;
    }
    record.count = count;
    record.next = i + (bytes[i] === CR && bytes[i + 1] === LF ? 2 : 1);
    return true;
  }
}

/** A plain decimal number, exactly rounded; NaN for all that needs a closer look. */
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

const decoder = new TextDecoder();

function text(bytes: Uint8Array, record: Cells, cell: number): string {
  const [from, to] = [record.from[cell], record.to[cell]];
  let out = "";
  // Short ASCII cells are the rule, and a decoder costs more than they do.
  for (let i = from; i < to; i++) {
    if (bytes[i] > 127 || to - from > 32) {
      out = decoder.decode(bytes.slice(from, to));
      break;
    }
    out += String.fromCharCode(bytes[i]);
  }
  return record.quoted[cell] ? out.replaceAll('""', '"') : out.trim();
}

/** The separator that occurs most often in the first line, outside quotes. */
function sniff(bytes: Uint8Array, start: number): number {
  const candidates = [44, 59, TAB];
  const counts = [0, 0, 0];
  let inside = false;
  for (let i = start; i < bytes.length && (inside || (bytes[i] !== LF && bytes[i] !== CR)); i++) {
    if (bytes[i] === QUOTE) inside = !inside;
    else if (!inside && candidates.includes(bytes[i])) counts[candidates.indexOf(bytes[i])]++;
  }
  return candidates[counts.indexOf(Math.max(...counts))];
}

/** Column names as pandas gives them: a nameless column is "Unnamed: 3", a second "x" is "x.1". */
function headerNames(cells: string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, i) => {
    const base = cell.trim() || `Unnamed: ${i}`;
    let name = base;
    for (let n = 1; taken.has(name); n++) name = `${base}.${n}`;
    taken.add(name);
    return name;
  });
}

function openQuote(file: string, line: number): UserError {
  return new UserError(`the quote that opens in line ${line} is never closed.`, "Close or remove it.", file);
}

export function parseCsv(bytes: Uint8Array, file: string): Sheet {
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw new UserError("the file is UTF-16.", "Save it as UTF-8.", file);
  let line = 1;
  while (start < bytes.length && (bytes[start] === LF || bytes[start] === CR)) if (bytes[start++] === LF) line++;
  if (start >= bytes.length) throw new UserError("the file is empty.", "It needs a header and rows.", file);
  const separator = sniff(bytes, start);
  const head = newRecord(1 << 16);
  if (!readRecord(bytes, start, separator, head)) throw openQuote(file, line);
  if (head.count > head.from.length)
    throw new UserError(`the header has ${head.count} columns, at most 65,536 can be read.`, "Use IDX files.", file);
  const header = headerNames(Array.from({ length: head.count }, (_, i) => text(bytes, head, i)));
  line += head.lines;
  return readRows(bytes, head.next, line, separator, header, file);
}

function readRows(
  bytes: Uint8Array,
  start: number,
  firstLine: number,
  separator: number,
  header: string[],
  file: string,
): Sheet {
  const width = header.length;
  const limit = countLines(bytes, start);
  const columns = header.map((): Float64Array => new Float64Array(limit));
  const lines = new Uint32Array(limit);
  const withText = new Uint8Array(width);
  const record = newRecord(width);
  const offsets = new Float64Array(limit);
  let rows = 0;
  let line = firstLine;
  for (let at = start; at < bytes.length; at = record.next, line += record.lines) {
    if (!readRecord(bytes, at, separator, record)) throw openQuote(file, line);
    if (isBlank(record)) continue;
    if (record.count !== width) throw ragged(file, rows, line, record.count, width);
    for (let c = 0; c < width; c++) {
      const [from, to] = [record.from[c], record.to[c]];
      let value = from === to ? Number.NaN : plainNumber(bytes, from, to);
      if (Number.isNaN(value) && from !== to) {
        const number = cellNumber(text(bytes, record, c), separator === 59);
        value = number ?? Number.NaN;
        if (number === undefined) withText[c] = 1;
      }
      columns[c][rows] = value;
    }
    lines[rows] = line;
    offsets[rows++] = at;
  }
  if (rows === 0) throw new UserError("the file has a header but no rows.", "Add rows.", file);
  const sheet = header.map((name, c): Column => ({ name, numbers: columns[c].subarray(0, rows), texts: null }));
  readTexts(bytes, offsets.subarray(0, rows), separator, sheet, withText, record);
  return { file, rows, columns: sheet, lines: lines.subarray(0, rows) };
}

/** The second look at the columns that hold text: now every cell is kept as it is written. */
function readTexts(
  bytes: Uint8Array,
  offsets: Float64Array,
  separator: number,
  columns: Column[],
  withText: Uint8Array,
  record: Cells,
): void {
  const wanted = columns.map((_, c) => c).filter((c) => withText[c]);
  if (wanted.length === 0) return;
  for (const c of wanted) columns[c].texts = new Array<string>(offsets.length);
  for (let row = 0; row < offsets.length; row++) {
    readRecord(bytes, offsets[row], separator, record);
    for (const c of wanted) {
      const cell = text(bytes, record, c);
      columns[c].texts![row] = isMissing(cell) ? "" : cell;
    }
  }
}

const isBlank = (record: Cells): boolean =>
  record.count === 1 && record.quoted[0] === 0 && record.from[0] === record.to[0];

function ragged(file: string, row: number, line: number, count: number, width: number): UserError {
  const fact = `row ${row + 1} (line ${line}) has ${count} cells, the header has ${width}.`;
  return new UserError(fact, "Every row needs one cell per column; text with a separator in it needs quotes.", file);
}

function countLines(bytes: Uint8Array, start: number): number {
  let count = 1;
  for (let i = start; i < bytes.length; i++) if (bytes[i] === LF || bytes[i] === CR) count++;
  return count;
}
