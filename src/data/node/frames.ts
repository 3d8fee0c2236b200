/** What passes between us and the process that reads a table: a job in, frames of a kind and a length out. */

/** `head` begins the table (again), `levels` are new texts of a column, `rows` so many of all columns. `memory` is an exit code. */
export const FRAME = { head: 1, levels: 2, rows: 3, end: 4, error: 5, memory: 77 } as const;

export type Job = {
  path: string;
  /** For sentences: the file, and what needs the package */
  file: string;
  what: string;
  threads: number;
  /** Bytes for DuckDB, and for the whole process */
  memory: number;
  most: number;
  longestLine: number;
  /** null: Parquet, which knows its own form */
  csv: {
    separator: string;
    skip: number;
    encoding: string;
    decimal: string;
    thousands: string;
    /** Columns that hold text, by number */
    texts: number[];
  } | null;
  header: string[];
};

export type Head = { columns: { name: string; text: boolean }[]; rows: number | null };
