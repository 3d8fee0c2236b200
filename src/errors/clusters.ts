/** Groups similar images: k-means on a coarse picture of each. */
import { PURPOSE, permutation, stream, uniform } from "../random.ts";

// Rows that centres are found on, and rounds of Lloyd's algorithm: enough for groups that are shown to people. Chosen by hand.
const FITTED = 2000;
const ROUNDS = 10;

/** The cluster of each of the rows of `x` (rows × size); the initial centres are those of k-means++ (Arthur & Vassilvitskii 2007). */
export function clusters(x: Float32Array, size: number, k: number, seed: number): Uint8Array {
  const rows = x.length / size;
  const fitted = permutation(rows, stream(seed, PURPOSE.probe, k)).subarray(0, FITTED);
  const centres = firstCentres(x, size, fitted, k, stream(seed, PURPOSE.probe, k, 1));
  for (let round = 0; round < ROUNDS; round++) {
    const sums = new Float64Array(centres.length);
    const counts = new Uint32Array(centres.length / size);
    for (const row of fitted) {
      const own = nearest(x, row * size, size, centres);
      counts[own]++;
      for (let i = 0; i < size; i++) sums[own * size + i] += x[row * size + i];
    }
    // A centre without rows stays where it was.
    for (const [c, count] of counts.entries())
      if (count > 0) for (let i = c * size; i < (c + 1) * size; i++) centres[i] = sums[i] / count;
  }
  return Uint8Array.from({ length: rows }, (_, row) => nearest(x, row * size, size, centres));
}

function firstCentres(x: Float32Array, size: number, rows: Uint32Array, k: number, base: number): Float64Array {
  const picked = [rows[0]];
  const distances = new Float64Array(rows.length).fill(Number.POSITIVE_INFINITY);
  while (picked.length < Math.min(k, rows.length)) {
    const last = picked.at(-1)! * size;
    let total = 0;
    rows.forEach((row, i) => {
      let distance = 0;
      for (let c = 0; c < size; c++) distance += (x[row * size + c] - x[last + c]) ** 2;
      distances[i] = Math.min(distances[i], distance);
      total += distances[i];
    });
    if (!(total > 0)) break;
    let left = uniform(base, picked.length) * total;
    let next = 0;
    while (next < rows.length - 1 && left >= distances[next]) left -= distances[next++];
    picked.push(rows[next]);
  }
  return Float64Array.from(picked.flatMap((row) => Array.from(x.subarray(row * size, (row + 1) * size))));
}

function nearest(x: Float32Array, from: number, size: number, centres: Float64Array): number {
  let [best, centre] = [Number.POSITIVE_INFINITY, 0];
  for (let c = 0; c < centres.length / size; c++) {
    let distance = 0;
    for (let i = 0; i < size && distance < best; i++) distance += (x[from + i] - centres[c * size + i]) ** 2;
    if (distance < best) [best, centre] = [distance, c];
  }
  return centre;
}
