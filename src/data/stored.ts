/** Rows that are not in memory: read when a batch needs them. */

export interface StoredRows {
  /** Tells whether two are the same. */
  readonly digest: string;
  /** Writes the numbers of one row at a place of `into`. */
  read(row: number, into: Float32Array, at: number): void;
  /** Some of its rows, as rows 0, 1 … of their own. */
  pick(rows: Uint32Array): StoredRows;
}
