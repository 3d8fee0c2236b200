/** Rows of the source that a measurement looks at: all, or one of each stretch of a large table. */
import { PURPOSE, stream, uniform } from "../random.ts";

/** At most `most` of the rows, one at random of each stretch of them, the same for every seed: without an order of all. */
export function spaced(rows: Uint32Array, most: number, key: number): Uint32Array {
  if (rows.length <= most) return rows;
  const base = stream(0, PURPOSE.sample, key);
  return Uint32Array.from({ length: most }, (_, i) => rows[Math.floor(((i + uniform(base, i)) * rows.length) / most)]);
}
