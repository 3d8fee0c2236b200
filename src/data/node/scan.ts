/** Reads the bytes of a large CSV file once beside DuckDB, which may skip what it cannot read without an error: counts records and finds lines that do not end. */
import { createReadStream } from "node:fs";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { UserError } from "../../user-error.ts";
import { CR, LF, QUOTE } from "../sources/records.ts";
import { damaged, type Found, mostUnpacked, tooLarge } from "./read.ts";

const LONGEST = 2 ** 21;

/** Counts the records that are not empty; a line end between quotes does not end a record. */
export class Records {
  private found = 0;
  private inside = false;
  /** A file without quotes is searched only for line ends. */
  private quotes = false;
  private empty = true;
  /** The number of bytes since the last line end. */
  line = 0;

  get count(): number {
    return this.found + (this.empty ? 0 : 1);
  }

  take(bytes: Buffer): void {
    this.quotes ||= bytes.includes(QUOTE);
    if (this.quotes) this.slowly(bytes);
    else this.quickly(bytes);
  }

  private quickly(bytes: Buffer): void {
    let from = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, from)) {
      const blank = this.empty && (end === from || (end === from + 1 && bytes[from] === CR));
      if (!blank) this.found++;
      this.empty = true;
      this.line = 0;
      from = end + 1;
    }
    this.line += bytes.length - from;
    if (from < bytes.length) this.empty &&= bytes.length === from + 1 && bytes[from] === CR;
  }

  private slowly(bytes: Buffer): void {
    let { inside, empty, line, found } = this;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i];
      line++;
      if (byte === QUOTE) {
        inside = !inside;
        empty = false;
      } else if (byte === LF) {
        line = 0;
        if (!inside && !empty) found++;
        if (!inside) empty = true;
      } else if (byte !== CR) empty = false;
    }
    Object.assign(this, { inside, empty, line, found });
  }
}

/** The number of records in a file; refuses a file that is damaged or cut off, unpacks to too much, or has a line that does not end. */
export async function recordsIn({ full, path, size, packed }: Found, signal: AbortSignal): Promise<number> {
  const records = new Records();
  let length = 0;
  const count = new Writable({
    write(bytes: Buffer, _, done) {
      length += bytes.length;
      records.take(bytes);
      if (packed && length > mostUnpacked(size)) done(tooLarge(mostUnpacked(size), path));
      else done(records.line > LONGEST ? longLine(length - records.line, path) : null);
    },
  });
  const file = createReadStream(full, { highWaterMark: 2 ** 20 });
  try {
    if (packed) await pipeline(file, createGunzip({ chunkSize: 2 ** 20 }), count, { signal });
    else await pipeline(file, count, { signal });
  } catch (error) {
    throw error instanceof UserError || signal.aborted ? error : damaged(path);
  }
  return records.count;
}

const longLine = (at: number, path: string): UserError =>
  new UserError(`the line at byte ${at} is longer than 2 MB.`, "Write each row on a line of its own.", path);
