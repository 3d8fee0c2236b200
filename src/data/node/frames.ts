/** The protocol between this process and the one that reads a table: a job in, frames with a kind and a length out. */

/** `head` starts the table (again), `levels` are new texts of a column, `rows` are some rows of all columns. `memory` is an exit code. */
export const FRAME = { head: 1, levels: 2, rows: 3, end: 4, error: 5, memory: 77 } as const;

export type Job = {
  path: string;
  /** For sentences: the file, and the format that needs the package. */
  file: string;
  what: string;
  threads: number;
  /** The memory limits in bytes for DuckDB and for the whole process. */
  memory: number;
  most: number;
  longestLine: number;
  /** null for Parquet, which describes its own form. */
  csv: {
    separator: string;
    skip: number;
    encoding: string;
    decimal: string;
    thousands: string;
    /** The numbers of the columns with text. */
    texts: number[];
  } | null;
  header: string[];
};

export type Head = { columns: { name: string; text: boolean }[]; rows: number | null };
