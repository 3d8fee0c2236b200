/** The metrics of classes: predicted class, area under the ROC curve, F1. */

import type { Task } from "./dataset.ts";
import type { Scored } from "./prepare.ts";
import { mean } from "./statistics.ts";

/** The input of a metric. */
export type View = {
  outputs: Float32Array;
  scored: Scored;
  rows: Uint32Array;
  units: number;
  lastActivation: string;
  task: Task;
};

/** The target of the `i`-th output. With fewer targets than outputs the last is repeated, as NumPy broadcasts a single one. */
export function target({ scored, rows, units }: View, i: number): number {
  const row = Math.floor(i / units);
  return scored.y[rows[row] * scored.width + Math.min(i - row * units, scored.width - 1)];
}

/** Index of the largest; the first NaN counts as largest, as in NumPy. */
export function argmax(values: Float32Array, from: number, count: number): number {
  let best = from;
  for (let i = from; i < from + count; i++) {
    if (Number.isNaN(values[i])) return i - from;
    if (values[i] > values[best]) best = i;
  }
  return best - from;
}

/** Rounds half to even, as NumPy does. */
function rounded(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** The predicted class of each row of outputs; a single output is thresholded at 0.5 after a sigmoid, else rounded. */
export function predictedClasses({
  outputs,
  units,
  lastActivation,
}: Pick<View, "outputs" | "units" | "lastActivation">): Float64Array {
  if (units > 1) {
    const count = outputs.length / units;
    return Float64Array.from({ length: count }, (_, i) => argmax(outputs, i * units, units));
  }
  if (lastActivation === "sigmoid") return Float64Array.from(outputs, (p) => (p > 0.5 ? 1 : 0));
  return Float64Array.from(outputs, rounded);
}

/** The labels of the rows as 0 … classes − 1, in ascending order of their numbers, over all rows of the data. */
function labelValues(view: View): number[] {
  const found = new Set<number>();
  for (const label of view.scored.labels ?? []) if (!Number.isNaN(label)) found.add(label);
  return [...found].sort((a, b) => a - b);
}

/** The binary problems "this class or not": one for two classes, else one per class or column. */
function binaryProblems(view: View): { score: (i: number) => number; truth: (i: number) => boolean }[] {
  const { outputs, rows, units, scored } = view;
  const { labels } = scored;
  const column = (u: number) => (i: number) => outputs[i * units + u];
  if (!labels)
    return Array.from({ length: units }, (_, u) => ({
      score: column(u),
      truth: (i: number) => target(view, i * units + u) > 0.5,
    }));
  const values = labelValues(view);
  const positive = values.at(-1);
  if (units === 1) return [{ score: column(0), truth: (i) => labels[rows[i]] === positive }];
  if (units === 2) return [{ score: column(1), truth: (i) => labels[rows[i]] === 1 }];
  return Array.from({ length: units }, (_, u) => ({ score: column(u), truth: (i: number) => labels[rows[i]] === u }));
}

/** Area under the ROC curve; with several classes or columns the mean over those that have positive and negative rows. */
export function areas(view: View): number {
  const found = binaryProblems(view)
    .map(({ score, truth }) => {
      const scores = Float64Array.from(view.rows, (_, i) => score(i));
      return area(
        scores,
        Array.from(view.rows, (_, i) => truth(i)),
      );
    })
    .filter((value) => value !== undefined);
  return mean(found);
}

/** The share of pairs of one positive and one negative row that are in the right order; ties count half. */
function area(scores: Float64Array, truth: boolean[]): number | undefined {
  const positives = truth.filter(Boolean).length;
  const negatives = truth.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  if (scores.some((value) => Number.isNaN(value))) return Number.NaN;
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[a] - scores[b] || a - b);
  let ranks = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let inTie = 0;
    while (to < order.length && scores[order[to]] === scores[order[from]]) if (truth[order[to++]]) inTie++;
    ranks += (inTie * (from + 1 + to)) / 2;
    from = to;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** F1 of the positive class for two classes (the larger label), else the mean over the classes that occur or are predicted. */
export function fScores(view: View): number {
  const { rows, units, outputs, scored } = view;
  const { labels } = scored;
  if (!labels) {
    const columns = Array.from({ length: units }, (_, u) =>
      fScore(
        rows.length,
        (i) => outputs[i * units + u] > 0.5,
        (i) => target(view, i * units + u) > 0.5,
      ),
    );
    return columns.reduce((a, b) => a + b, 0) / units;
  }
  const predicted = predictedClasses(view);
  const values = labelValues(view);
  if (units <= 2 && values.length <= 2) {
    const positive = units === 2 ? 1 : values.at(-1);
    return fScore(
      rows.length,
      (i) => predicted[i] === positive,
      (i) => labels[rows[i]] === positive,
    );
  }
  const classes = new Set([...predicted, ...Array.from(rows, (row) => labels[row])]);
  let sum = 0;
  for (const one of classes)
    sum += fScore(
      rows.length,
      (i) => predicted[i] === one,
      (i) => labels[rows[i]] === one,
    );
  return sum / classes.size;
}

function fScore(count: number, notes: (i: number) => boolean, truth: (i: number) => boolean): number {
  let [both, either] = [0, 0];
  for (let i = 0; i < count; i++) {
    const [a, b] = [notes(i), truth(i)];
    if (a && b) both++;
    if (a) either++;
    if (b) either++;
  }
  return either === 0 ? 0 : (2 * both) / either;
}
