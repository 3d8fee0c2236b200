/** The rows of the source that are measured: all, or one from each stretch of a large table. */
import { PURPOSE, stream, uniform } from "../random.ts";

/** At most `most` of the rows, one at random from each stretch of them, the same for every seed; this needs no permutation of all rows. */
export function spaced(rows: Uint32Array, most: number, key: number): Uint32Array {
  if (rows.length <= most) return rows;
  const base = stream(0, PURPOSE.sample, key);
  return Uint32Array.from({ length: most }, (_, i) => rows[Math.floor(((i + uniform(base, i)) * rows.length) / most)]);
}
