/** Carries out what a probe does to the data. */
import { product } from "../data/dataset.ts";
import type { Prepared } from "../data/prepare.ts";
import type { RowReader } from "../data/row-reader.ts";
import { PURPOSE, permutation, stream } from "../random.ts";
import type { Variation } from "./jobs.ts";

const zeros = ({ shape }: Prepared): RowReader => ({
  digest: "zeros",
  read: (_, into, at) => void into.fill(0, at, at + product(shape)),
});

export function vary(data: Prepared, variation: Variation | undefined, seed: number): Prepared {
  if (!variation) return data;
  const shuffled = () => permutation(data.train.length, stream(seed, PURPOSE.probe));
  switch (variation.kind) {
    case "zeroed-inputs":
      return {
        ...data,
        x: new Float32Array(data.x.length),
        ...(data.stored && { stored: zeros(data) }),
        augment: undefined,
      };
    case "shuffled-labels": {
      const order = shuffled();
      const y = data.y.slice();
      data.train.forEach((row, i) => {
        const from = data.train[order[i]];
        y.set(data.y.subarray(from * data.width, (from + 1) * data.width), row * data.width);
      });
      const labels = data.labels?.slice() ?? null;
      if (labels && data.labels)
        for (const [i, row] of data.train.entries()) labels[row] = data.labels[data.train[order[i]]];
      return { ...data, y, labels };
    }
    case "fold":
      return foldOf(data, variation, seed);
    case "rows":
    case "one-batch": {
      const train = shuffled()
        .slice(0, variation.rows)
        .map((i) => data.train[i]);
      return variation.kind === "rows" ? { ...data, train } : { ...data, train, validation: train };
    }
  }
}

/** Rows that are repeated (resampling) are in one fold, and trained on as often as before. */
function foldOf(
  data: Prepared,
  { fold, of, validation }: Extract<Variation, { kind: "fold" }>,
  seed: number,
): Prepared {
  const all = validation ? Uint32Array.from([...data.train, ...data.validation]) : data.train;
  const rows = [...new Set(all)].sort((a, b) => a - b);
  const order = permutation(rows.length, stream(seed, PURPOSE.probe, 1));
  const out = new Set(rows.filter((_, i) => order[i] % of === fold));
  return {
    ...data,
    train: all.filter((row) => !out.has(row)).sort(),
    validation: Uint32Array.from(out),
  };
}
