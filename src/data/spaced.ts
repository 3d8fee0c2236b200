/** Rows of the source that a measurement looks at: all, or one of each stretch of a large table. */
import { PURPOSE, stream, uniform } from "../random.ts";
import type { Dataset } from "./dataset.ts";
import type { Prepared } from "./prepare.ts";
import { trainingRows } from "./rows.ts";

/** At most `most` of the rows, one at random of each stretch of them, the same for every seed: without an order of all. */
export function spaced(rows: Uint32Array, most: number, key: number): Uint32Array {
  if (rows.length <= most) return rows;
  const base = stream(0, PURPOSE.sample, key);
  return Uint32Array.from({ length: most }, (_, i) => rows[Math.floor(((i + uniform(base, i)) * rows.length) / most)]);
}

/** Training and judged rows of the source, in the order of the file. */
export function sourceRows(dataset: Dataset, prepared: Prepared): Uint32Array {
  const [train, judged] = [trainingRows(prepared), prepared.validation.filter((row) => row < dataset.table.rows)];
  const rows = new Uint32Array(train.length + judged.length);
  rows.set(train);
  rows.set(judged, train.length);
  return rows.sort();
}
