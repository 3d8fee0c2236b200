/** A Dataset: rows with a target, as numbers, before anything is fitted, scaled or split. */
import type { Plan } from "../plan/plan.ts";
import type { NamedWeights } from "../weights.ts";
import type { StoredRows } from "./row-reader.ts";

export type Task = NonNullable<Plan["data"]["task"]>;

export type Target =
  | {
      kind: "classes";
      columns: string[];
      /** The number of each row that is trained on: class index (text, one-hot) or the integer itself; NaN: missing. */
      labels: Float32Array;
      /** The names of the distinct classes, in the order of `values`. */
      names: string[];
      /** The number of each name. */
      values: number[];
      encoding: "text" | "integer" | "oneHot";
    }
  | { kind: "numbers"; columns: string[] /** rows × columns */; values: Float32Array }
  | {
      /** A sequence: rows × steps, a column each */
      kind: "tokens";
      columns: string[];
      /** Token numbers, 0 where the row has ended */
      values: Float32Array;
      /** The text of each token, from number 1. */
      words: string[];
    };

export type Table = {
  rows: number;
  /** The shape of one row: [4], or [28, 28, 1]. */
  shape: number[];
  /** rows × product of shape, before scaling; NaN: missing. Empty where the rows are `stored`. */
  x: Float32Array;
  /** The rows, where they do not fit in memory. */
  stored?: StoredRows;
  /** The names of the columns after one-hot encoding; [] for images. */
  features: string[];
  target: Target;
  /** Row of the file (from 0, header not counted) of each row; null where nothing was dropped. */
  fileRows: Uint32Array | null;
  /** How many rows the file has, dropped ones included. */
  fileRowCount: number;
  /** In a folder: the file of each row of the source, dropped ones included. */
  files?: readonly string[];
  /** In a text file: the line of each row, from 1, dropped ones included. */
  lines?: Uint32Array;
};

export type Dataset = {
  task: Task;
  table: Table;
  /** The tables of validation and test rows with sources of their own. */
  validation: Table | null;
  test: Table | null;
  /** For each column that groups a split, or that is neither feature nor target and repeats its values: the group number of each row of `table`. */
  groups: Record<string, Uint32Array>;
  /** For each column that orders a split: a number that grows with time. */
  times: Record<string, Float64Array>;
  /** A table in time order: for each row of `table` the latest row whose target is known when its own is to be predicted; −1: none. */
  before?: Int32Array;
  /** The column of dates or times by which the rows of the file are ordered. */
  clock?: string | null;
  /** What was inferred, encoded or left out, one sentence each. */
  notes: string[];
  /** The contents of the files of initial weights that the plan names, by their path. */
  weights?: Record<string, NamedWeights>;
};

/** An array that worker threads share without copying; an ordinary one where a browser forbids that. */
export function sharedFloats(length: number): Float32Array {
  if (typeof SharedArrayBuffer === "undefined") return new Float32Array(length);
  return new Float32Array(new SharedArrayBuffer(length * 4));
}

export const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

export const isImages = (table: Table): boolean => table.shape.length > 1 && !isWindowed(table);

/** Rows of a table in time order: [steps, features]. */
export const isWindowed = ({ shape, features }: Table): boolean => shape.length === 2 && features.length === shape[1];

/** The name of the `c`-th number of a row. */
export const columnName = (table: Table, c: number): string => {
  const name = table.features[c % table.shape.at(-1)!] ?? `x${c}`;
  return isWindowed(table) ? `${name} in step ${Math.floor(c / table.shape[1]) + 1}` : name;
};

/** The row in the file of row `i` of a table. */
export const fileRow = (table: Table, i: number): number => (table.fileRows ? table.fileRows[i] : i);

/** In a folder, the file of row `i` of a table, as its path in the folder. */
export const fileOf = (table: Table, i: number): string | undefined => table.files?.[fileRow(table, i)];

/** `row`: the row of the file, from 0; `line`: its line in a text file, from 1; `file`: its file in a folder. */
export type SourceRow = { part: "source" | "validation" | "test"; row: number; line?: number; file?: string };

/** The origin of a row of a Prepared: rows of the table, then of the validation source, then of the test source. */
export function sourceRow(dataset: Dataset, row: number): SourceRow {
  let rest = row;
  for (const part of ["table", "validation", "test"] as const) {
    const table = dataset[part];
    if (!table) continue;
    if (rest < table.rows) {
      const file = fileOf(table, rest);
      const at = fileRow(table, rest);
      return {
        part: part === "table" ? "source" : part,
        row: at,
        ...(table.lines && { line: table.lines[at] }),
        ...(file !== undefined && { file }),
      };
    }
    rest -= table.rows;
  }
  throw new Error(`row ${row} is not in the data`);
}

/** A row as it is printed: its file where it is one, else "row 11 (line 12)", counted from 1 as in the file. */
export const rowName = ({ row, line, file }: Omit<SourceRow, "part">): string =>
  file ?? `row ${row + 1}${line === undefined ? "" : ` (line ${line})`}`;
