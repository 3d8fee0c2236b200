/** Whether the target comes in blocks: measured by counting runs in the order of the file. */

export type Order = {
  /** Whether each class is in one block, or nearly so; for numbers, whether they only rise or only fall. */
  sorted: boolean;
  /** The number of maximal stretches of one class or, for numbers, on one side of the median. */
  runs: number;
  /** Their number in a random order, on average. */
  expectedRuns: number;
};

/** A file is sorted if it has less than this share of the runs of a random order, or of steps in the other direction. Chosen by hand. */
const FEW = 0.05;
const AGAINST = 0.01;

/** With several columns, only the first one counts. */
export function orderOf(values: Float32Array, width: number, rows: Uint32Array, classes: boolean): Order {
  const known = new Float32Array(rows.length)
    .map((_, i) => values[rows[i] * width])
    .filter((value) => !Number.isNaN(value));
  if (known.length === 0) return { sorted: false, runs: 0, expectedRuns: 0 };
  if (classes) {
    const { runs, expectedRuns, kinds } = runsOf(known);
    const blocks = runs <= Math.max(kinds, FEW * expectedRuns) && runs < expectedRuns / 2;
    return { sorted: kinds > 1 && blocks, runs, expectedRuns };
  }
  const ascending = known.toSorted();
  const middle = ascending[known.length >> 1];
  const { runs, expectedRuns } = runsOf(known.map((value) => (value < middle ? 0 : 1)));
  let [up, down] = [0, 0];
  for (let i = 1; i < known.length; i++) {
    if (known[i] > known[i - 1]) up++;
    if (known[i] < known[i - 1]) down++;
  }
  return { sorted: up + down > 1 && Math.min(up, down) <= AGAINST * (up + down), runs, expectedRuns };
}

function runsOf(values: Float32Array): { runs: number; expectedRuns: number; kinds: number } {
  const counts = new Map<number, number>();
  let runs = 0;
  values.forEach((value, i) => {
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (i === 0 || value !== values[i - 1]) runs++;
  });
  let squares = 0;
  for (const count of counts.values()) squares += count * count;
  return { runs, expectedRuns: values.length + 1 - squares / values.length, kinds: counts.size };
}
