/** A Dataset: rows with a target, as numbers, before anything is fitted, scaled or split. */
import type { Plan } from "../plan/plan.ts";
import type { NamedWeights } from "../weights.ts";
import type { StoredRows } from "./row-reader.ts";

export type Task = NonNullable<Plan["data"]["task"]>;

export type Target =
  | {
      kind: "classes";
      columns: string[];
      /** Per row the number that is trained on: class index (text, one-hot) or the integer as it is; NaN = missing. */
      labels: Float32Array;
      /** What each distinct class is called, in the order of `values`. */
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
      /** What each token stands for, from number 1. */
      words: string[];
    };

export type Table = {
  rows: number;
  /** Of one row: [4], or [28, 28, 1] */
  shape: number[];
  /** rows × product of shape, raw; NaN = missing. Empty where the rows are `stored`. */
  x: Float32Array;
  /** Rows that do not fit in memory */
  stored?: StoredRows;
  /** Column names after one-hot; [] for images */
  features: string[];
  target: Target;
  /** Row of the file (from 0, header not counted) of each row; null = the same, nothing was dropped. */
  fileRows: Uint32Array | null;
  /** How many rows the file has, dropped ones included. */
  fileRowCount: number;
  /** Of a folder: which file each of these rows is, dropped ones included. */
  files?: readonly string[];
  /** Of a text file: the line of each row, from 1, dropped ones included. */
  lines?: Uint32Array;
};

export type Dataset = {
  task: Task;
  table: Table;
  /** Own sources */
  validation: Table | null;
  test: Table | null;
  /** Per column that a split is grouped by, or that is neither feature nor target and repeats its values: the number of the group of each row of `table`. */
  groups: Record<string, Uint32Array>;
  /** Per column that a split is ordered by: a number that grows with time. */
  times: Record<string, Float64Array>;
  /** A table in time order: of each row of `table` the latest row whose target is known when its own is to be told; −1: none. */
  before?: Int32Array;
  /** The column of dates or times in whose order the rows of the file come. */
  clock?: string | null;
  /** What was inferred, encoded or left out, one sentence each. */
  notes: string[];
  /** What the files hold that layers of the plan start from, by their path. */
  weights?: Record<string, NamedWeights>;
};

/** An array that worker threads see without copying; an ordinary one where a browser forbids that. */
export function sharedFloats(length: number): Float32Array {
  if (typeof SharedArrayBuffer === "undefined") return new Float32Array(length);
  return new Float32Array(new SharedArrayBuffer(length * 4));
}

export const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

export const isImages = (table: Table): boolean => table.shape.length > 1 && !isWindowed(table);

/** Rows of a table in time order: [steps, features]. */
export const isWindowed = ({ shape, features }: Table): boolean => shape.length === 2 && features.length === shape[1];

/** What the `c`-th number of a row is called. */
export const columnName = (table: Table, c: number): string => {
  const name = table.features[c % table.shape.at(-1)!] ?? `x${c}`;
  return isWindowed(table) ? `${name} in step ${Math.floor(c / table.shape[1]) + 1}` : name;
};

/** The row of the file that row `i` of a table was. */
export const fileRow = (table: Table, i: number): number => (table.fileRows ? table.fileRows[i] : i);

/** Of a folder, the file that row `i` of a table was, as its path in the folder. */
export const fileOf = (table: Table, i: number): string | undefined => table.files?.[fileRow(table, i)];

/** `row` of the file, from 0; of a text file also its `line`, from 1; of a folder which `file` it is. */
export type SourceRow = { part: "source" | "validation" | "test"; row: number; line?: number; file?: string };

/** Where a row of a Prepared comes from: rows of the table, then of the validation source, then of the test source. */
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

/** A row as people see it: its file where it is one, else "row 11 (line 12)", counted from 1 as in the file. */
export const rowName = ({ row, line, file }: Omit<SourceRow, "part">): string =>
  file ?? `row ${row + 1}${line === undefined ? "" : ` (line ${line})`}`;
