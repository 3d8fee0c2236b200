/** Keeps the rows of a source: in memory where they fit, else in a file that disappears with the process. */
import { createHash } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../user-error.ts";
import { type Dataset, product, sharedFloats } from "../dataset.ts";
import type { StoredRows } from "../row-reader.ts";
import type { Loaded, Tensor } from "../source.ts";

/** `like`: the training source, whose form other sources must have; `memory`: the most bytes for the rows of a source in memory; larger ones go to disk. */
export type Within = { like: Loaded | null; memory: number };

/** The share of the free memory: rows in memory exist unscaled, scaled in each of several trainings, and once more while they are scaled. */
const SHARE = 1 / 8;

/** The most bytes for the rows of a source in memory. */
export const memoryForRows = (): number => (process.availableMemory?.() ?? freemem()) * SHARE;

/** Rows of `size` numbers in an open file, as bytes or as floats. Only its own fields are passed to a worker, see `revived`. */
class DiskRows implements StoredRows {
  readonly file: number;
  readonly size: number;
  readonly floats: boolean;
  readonly digest: string;
  readonly rows: Uint32Array | null;
  #buffer: Uint8Array | undefined;

  constructor(of: Pick<DiskRows, "file" | "size" | "floats" | "digest" | "rows">) {
    this.file = of.file;
    this.size = of.size;
    this.floats = of.floats;
    this.digest = of.digest;
    this.rows = of.rows;
  }

  read(row: number, into: Float32Array, at: number): void {
    const length = this.size * (this.floats ? 4 : 1);
    this.#buffer ??= new Uint8Array(length);
    const got = readSync(this.file, this.#buffer, 0, length, (this.rows ? this.rows[row] : row) * length);
    if (got !== length) throw new Error(`row ${row} is not in the file`);
    into.set(this.floats ? new Float32Array(this.#buffer.buffer) : this.#buffer, at);
  }

  pick(rows: Uint32Array): DiskRows {
    const own = this.rows;
    return new DiskRows({ ...this, rows: own ? rows.map((row) => own[row]) : rows });
  }
}

/** A dataset as received by a worker, with readable rows on disk: an open file belongs to the whole process. */
export function revived(dataset: Dataset): Dataset {
  const again = <T extends Dataset["table"] | null>(table: T): T =>
    table?.stored ? { ...table, stored: new DiskRows(table.stored as DiskRows) } : table;
  const { table, validation, test } = dataset;
  return { ...dataset, table: again(table), validation: again(validation), test: again(test) };
}

/** The note on rows that are on disk. */
export const onDisk = (stored: boolean, what: string): string[] =>
  stored
    ? [
        `The ${what} do not fit in memory: they are read from disk batch by batch, and statistics are those of a sample.`,
      ]
    : [];

/** The reasons why files could not be read, by the index of the file. */
export const reasons = (read: readonly unknown[]): Map<number, string> =>
  new Map(read.flatMap((one, i) => (typeof one === "string" ? [[i, one] as const] : [])));

type Sink = {
  /** Adds one row. */
  add(values: Uint8Array | Float32Array): void;
  /** Returns all rows that were added. */
  done(): Tensor;
};

/** @param most the most rows that will be added; `shape`: that of one row. */
export function sink(most: number, shape: number[], { floats, memory }: { floats: boolean; memory: number }): Sink {
  const size = product(shape);
  return most * size * 4 > memory ? toDisk(size, shape, floats) : toMemory(most, size, shape);
}

function toMemory(most: number, size: number, shape: number[]): Sink {
  const values = sharedFloats(most * size);
  let rows = 0;
  return {
    add: (row) => values.set(row, size * rows++),
    done: () => ({ shape: [rows, ...shape], values: values.subarray(0, rows * size) }),
  };
}

/** The number of bytes that are written at once. */
const BLOCK = 2 ** 22;

function toDisk(size: number, shape: number[], floats: boolean): Sink {
  const file = nameless();
  const hash = createHash("sha256");
  const block = new Uint8Array(BLOCK);
  let [rows, filled] = [0, 0];
  const flush = (bytes: Uint8Array): void => {
    for (let at = 0; at < bytes.length; ) at += write(file, bytes.subarray(at));
  };
  return {
    add(row) {
      const bytes = new Uint8Array(row.buffer, row.byteOffset, row.byteLength);
      hash.update(bytes);
      rows++;
      if (filled + bytes.length > BLOCK) {
        flush(block.subarray(0, filled));
        filled = 0;
      }
      if (bytes.length > BLOCK) return flush(bytes);
      block.set(bytes, filled);
      filled += bytes.length;
    },
    done() {
      flush(block.subarray(0, filled));
      const digest = hash.digest("hex").slice(0, 16);
      const stored = new DiskRows({ file, size, floats, digest, rows: null });
      return { shape: [rows, ...shape], values: new Float32Array(), stored };
    },
  };
}

/** An open file that is already deleted, so that nothing is left of it however the process ends. */
function nameless(): number {
  const folder = mkdtempSync(join(tmpdir(), "unstuck-"));
  try {
    return openSync(join(folder, "rows"), "wx+", 0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function write(file: number, bytes: Uint8Array): number {
  try {
    return writeSync(file, bytes);
  } catch (error) {
    closeSync(file);
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    throw new UserError(
      `the rows fit neither in memory nor in ${tmpdir()}.`,
      "Set TMPDIR to a folder with more space, or use a part of the rows.",
    );
  }
}
