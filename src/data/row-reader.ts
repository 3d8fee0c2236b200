/** The interface through which rows are read that are not in memory. */

export interface RowReader {
  /** A key that is equal where the contents are equal. */
  readonly digest: string;
  /** Writes the numbers of one row into `into` at an offset. */
  read(row: number, into: Float32Array, at: number): void;
}

export interface StoredRows extends RowReader {
  /** Some of its rows, renumbered from 0. */
  pick(rows: Uint32Array): StoredRows;
}
