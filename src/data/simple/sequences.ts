/** Baselines of a sequence task: the most frequent token of each step, and the target of the most similar training row. */
import type { Metric } from "../../plan/plan.ts";
import { PURPOSE, permutation, stream } from "../../random.ts";
import { score } from "../metrics.ts";
import type { Prepared } from "../prepare.ts";
import type { Baseline } from "./baseline.ts";

const MOST_TRAIN = 4000;
const MOST_EVALUATED = 1000;

function sampled(rows: Uint32Array, most: number, key: number): Uint32Array {
  if (rows.length <= most) return rows;
  return permutation(rows.length, stream(0, PURPOSE.sample, key))
    .slice(0, most)
    .map((i) => rows[i]);
}

export function sequenceBaselines(prepared: Prepared, metric: Metric): Baseline[] {
  const { x, y, width, validation } = prepared;
  const train = sampled(prepared.train, MOST_TRAIN, 1);
  const evaluated = sampled(validation.length > 0 ? validation : prepared.train, MOST_EVALUATED, 2);
  if (train.length === 0 || evaluated.length === 0) return [];
  const size = x.length / (y.length / width);
  const common = Float32Array.from({ length: width }, (_, step) => commonest(train, (row) => y[row * width + step]));
  const predictions = (of: (row: number) => Float32Array): number => {
    const outputs = new Float32Array(evaluated.length * width);
    evaluated.forEach((row, i) => {
      outputs.set(of(row), i * width);
    });
    return score(metric, outputs, prepared, evaluated, "softmax", "sequence");
  };
  const nearest = (row: number): number => {
    let [best, most] = [train[0], -1];
    for (const other of train) {
      if (other === row) continue;
      let alike = 0;
      for (let i = 0; i < size; i++) if (x[other * size + i] === x[row * size + i]) alike++;
      if (alike > most) [best, most] = [other, alike];
    }
    return best;
  };
  return [
    { name: "commonest token", value: predictions(() => common) },
    {
      name: "nearest row",
      value: predictions((row) => {
        const from = nearest(row) * width;
        return y.subarray(from, from + width);
      }),
    },
  ];
}

/** Padding does not count as a token. */
function commonest(rows: Uint32Array, token: (row: number) => number): number {
  const counts = new Map<number, number>();
  for (const row of rows) if (token(row) > 0) counts.set(token(row), (counts.get(token(row)) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])[0];
}
