/** Records of delimited text: the positions of the cells, and their texts. Only requested cells become strings. */

export const [TAB, LF, CR, SPACE, QUOTE, PLUS, MINUS, DOT, ZERO, NINE, HASH] = [
  9, 10, 13, 32, 34, 43, 45, 46, 48, 57, 35,
];

/** The positions of the cells of one record. */
export type Cells = {
  count: number;
  from: Uint32Array;
  to: Uint32Array;
  quoted: Uint8Array;
  next: number;
  lines: number;
};

export const newRecord = (width: number): Cells => ({
  count: 0,
  from: new Uint32Array(width),
  to: new Uint32Array(width),
  quoted: new Uint8Array(width),
  next: 0,
  lines: 0,
});

/** Reads the record at `at`. Cells beyond the width of `record` are only counted. Returns false for a quote that is not closed. */
export function readRecord(bytes: Uint8Array, at: number, separator: number, record: Cells): boolean {
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

const decoder = new TextDecoder();

/** The text of a cell, without quotes and surrounding blanks. */
export function cellOf(bytes: Uint8Array, record: Cells, cell: number): string {
  const [from, to] = [record.from[cell], record.to[cell]];
  let out = "";
  // Most cells are short and ASCII, for which a decoder would take longer.
  for (let i = from; i < to; i++) {
    if (bytes[i] > 127 || to - from > 32) {
      out = decoder.decode(bytes.slice(from, to));
      break;
    }
    out += String.fromCharCode(bytes[i]);
  }
  return record.quoted[cell] ? out.replaceAll('""', '"') : out.trim();
}

/** The first record's cells as text; at most as many as `record` is wide. */
export const cellsOf = (bytes: Uint8Array, record: Cells): string[] =>
  Array.from({ length: Math.min(record.count, record.from.length) }, (_, cell) => cellOf(bytes, record, cell));

/** Whether the record is an empty line. */
export const isBlank = (record: Cells): boolean =>
  record.count === 1 && record.quoted[0] === 0 && record.from[0] === record.to[0];
