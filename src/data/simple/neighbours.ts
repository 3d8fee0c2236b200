/** The k nearest neighbours, by comparing every pair of rows. */
import type { Matrix } from "./solvers.ts";

/** The most multiplications: about half a second. */
const BUDGET = 4e8;
/** The fewest rows: a score on fewer means little. */
const LEAST = 200;

/** At most `most` evenly spaced numbers of 0 … n − 1. */
function spaced(n: number, most: number): Uint32Array {
  const count = Math.max(1, Math.min(n, Math.floor(most)));
  return Uint32Array.from({ length: count }, (_, i) => Math.floor((i * n) / count));
}

/**
 * The mean target (rows × width) of the k nearest training rows, for as many of the evaluated rows as the budget allows.
 * `self` gives the training row that is identical with an evaluated row and does not count.
 */
export function neighbourMeans(
  train: Matrix,
  targets: Float32Array,
  evaluated: Matrix,
  self: Int32Array | null,
  k: number,
): { rows: Uint32Array; means: Float32Array } {
  const width = targets.length / train.rows;
  const rows = spaced(evaluated.rows, Math.max(LEAST, BUDGET / (train.rows * train.columns)));
  const known = spaced(train.rows, Math.max(LEAST, BUDGET / (rows.length * train.columns)));
  const means = new Float32Array(rows.length * width);
  const distances = new Float64Array(k);
  const nearest = new Int32Array(k);
  rows.forEach((row, i) => {
    distances.fill(Infinity);
    nearest.fill(-1);
    for (const other of known) {
      if (self && self[row] === other) continue;
      const distance = squared(
        evaluated.values,
        row * evaluated.columns,
        train.values,
        other * train.columns,
        train.columns,
        distances[k - 1],
      );
      if (!(distance < distances[k - 1])) continue;
      let place = k - 1;
      for (; place > 0 && distances[place - 1] > distance; place--) {
        distances[place] = distances[place - 1];
        nearest[place] = nearest[place - 1];
      }
      distances[place] = distance;
      nearest[place] = other;
    }
    const found = nearest.filter((other) => other >= 0);
    for (const other of found)
      for (let c = 0; c < width; c++) means[i * width + c] += targets[other * width + c] / found.length;
  });
  return { rows, means };
}

/** The squared distance of two rows; Infinity as soon as it exceeds `most`. */
function squared(a: Float32Array, p: number, b: Float32Array, q: number, columns: number, most: number): number {
  let sum = 0;
  for (let c = 0; c < columns; ) {
    const end = Math.min(c + 16, columns);
    // Four sums at a time, so that an addition need not wait for the one before.
    for (; c + 4 <= end; c += 4) {
      const d = a[p + c] - b[q + c];
      const e = a[p + c + 1] - b[q + c + 1];
      const f = a[p + c + 2] - b[q + c + 2];
      const g = a[p + c + 3] - b[q + c + 3];
      sum += d * d + e * e + (f * f + g * g);
    }
    for (; c < end; c++) sum += (a[p + c] - b[q + c]) ** 2;
    if (sum >= most) return Infinity;
  }
  return sum;
}
