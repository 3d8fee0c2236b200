/** Assembles a Sheet from the frames of the process that reads the file. */
import { type Column, cellNumber, isMissing, type Sheet } from "../sheet.ts";
import { asNumbers } from "../sources/forms.ts";
import { FRAME, type Head } from "./frames.ts";

/** The least capacity in rows; unused capacity takes no memory. */
const ROOM = 2 ** 16;
const WIDTH = 8;

type Part = { name: string; numbers: Float64Array; codes: Uint32Array | null; levels: string[] };
type Failure = { fact: string; todo: string } | { message: string };

export class Assembly {
  /** A buffer for the bytes of the arriving frame, reused for the next one. */
  private frameRoom = new Uint8Array();
  private pending: Uint8Array | null = null;
  private filled = 0;
  private kind = 0;
  private readonly start = new Uint8Array(8);
  private parts: Part[] = [];
  private room = 0;
  private readonly expected: number;
  rows = 0;
  failure: Failure | null = null;
  done = false;

  /** @param expected the approximate number of rows. */
  constructor(expected: number) {
    this.expected = Math.max(ROOM, Math.ceil(expected));
  }

  get columns(): number {
    return this.parts.length;
  }

  /** Takes the next bytes of the stream, which may be cut anywhere. */
  take(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const into: Uint8Array = this.pending ?? this.start;
      const some = Math.min(into.length - this.filled, bytes.length - at);
      into.set(bytes.subarray(at, at + some), this.filled);
      this.filled += some;
      at += some;
      if (this.filled === into.length) this.full(into);
    }
  }

  private full(bytes: Uint8Array): void {
    this.filled = 0;
    if (this.pending) {
      this.pending = null;
      this.frame(this.kind, bytes);
      return;
    }
    const [kind, length] = new Uint32Array(bytes.buffer, 0, 2);
    this.kind = kind;
    if (length === 0) this.frame(kind, new Uint8Array());
    else {
      if (this.frameRoom.length < length) this.frameRoom = new Uint8Array(length);
      this.pending = this.frameRoom.subarray(0, length);
    }
  }

  private frame(kind: number, bytes: Uint8Array): void {
    if (kind === FRAME.head) this.begin(json(bytes) as Head);
    else if (kind === FRAME.levels) {
      const { column, texts } = json(bytes) as { column: number; texts: string[] };
      for (const text of texts) this.parts[column].levels.push(text);
    } else if (kind === FRAME.rows) this.append(bytes);
    else if (kind === FRAME.error) this.failure = json(bytes) as Failure;
    else if (kind === FRAME.end) this.done = true;
  }

  private begin({ columns, rows }: Head): void {
    this.rows = 0;
    this.room = rows ?? this.expected;
    this.parts = columns.map(({ name, text }) => ({
      name,
      numbers: new Float64Array(text ? 0 : this.room),
      codes: text ? new Uint32Array(this.room) : null,
      levels: [""],
    }));
  }

  private append(bytes: Uint8Array): void {
    const count = new Uint32Array(bytes.buffer, 0, 1)[0];
    if (this.rows + count > this.room) this.grow(this.rows + count);
    this.parts.forEach(({ numbers, codes }, c) => {
      const at = 8 + c * count * WIDTH;
      if (codes) codes.set(new Uint32Array(bytes.buffer, at, count), this.rows);
      else numbers.set(new Float64Array(bytes.buffer, at, count), this.rows);
    });
    this.rows += count;
  }

  private grow(least: number): void {
    this.room = Math.max(least, 2 * this.room);
    for (const part of this.parts)
      if (part.codes) {
        const { codes } = part;
        part.codes = new Uint32Array(this.room);
        part.codes.set(codes);
      } else {
        const { numbers } = part;
        part.numbers = new Float64Array(this.room);
        part.numbers.set(numbers);
      }
  }

  /** @param comma whether the comma in 1,234 is read as a decimal comma. */
  sheet(file: string, comma: boolean): Sheet {
    const columns = this.parts.map((part) =>
      part.codes ? textColumn(part, this.rows, comma) : column(part, this.rows),
    );
    return { file, rows: this.rows, columns, lines: null };
  }
}

const json = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes.buffer, 0, bytes.length).toString());

const column = ({ name, numbers }: Part, rows: number): Column => ({
  name,
  numbers: numbers.subarray(0, rows),
  texts: null,
});

/** The cells of a column of text as our own CSV reader reads them: a column of numbers only is not text. */
function textColumn({ name, codes, levels }: Part, rows: number, comma: boolean): Column {
  const words = levels.map((level) => (isMissing(level.trim()) ? "" : level.trim()));
  const values = words.map(cellNumber);
  const numbers = new Float64Array(rows);
  const texts = new Array<string>(rows);
  let text = false;
  for (let row = 0; row < rows; row++) {
    const code = codes![row];
    const value = values[code];
    numbers[row] = value ?? Number.NaN;
    texts[row] = words[code];
    if (value === undefined) text = true;
  }
  if (!text) return { name, numbers, texts: null };
  const column = { name, numbers, texts };
  return asNumbers(column, comma)?.column ?? column;
}
