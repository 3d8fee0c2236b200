/** What rows are read through that are not in memory. */

export interface RowReader {
  /** Tells whether two hold the same. */
  readonly digest: string;
  /** Writes the numbers of one row at a place of `into`. */
  read(row: number, into: Float32Array, at: number): void;
}

export interface StoredRows extends RowReader {
  /** Some of its rows, as rows 0, 1 … of their own. */
  pick(rows: Uint32Array): StoredRows;
}
