/** Collectors: the results of a training and of its data, as parts of a Case. */
import type { Dataset } from "../data/dataset.ts";
import { better } from "../data/metrics.ts";
import type { Prepared } from "../data/prepare.ts";
import type { Resolved } from "../engine/resolve.ts";
import type { Run } from "../run/run.ts";
import type { Case, ColumnSummary, Metric } from "./case.ts";

/** The run with the median score, which represents all. */
export function middle(runs: readonly Run[]): Run {
  const score = (run: Run) => {
    const value = run.end?.score ?? Number.NaN;
    return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
  };
  return runs.toSorted((a, b) => score(a) - score(b))[Math.floor((runs.length - 1) / 2)];
}

/** The parts from trainings of one plan with several seeds; those that need the data only where these are given. */
export function fromRuns(runs: readonly Run[], data?: Prepared, dataset?: Dataset): Partial<Case> {
  const run = middle(runs);
  const first = run.layers.find((snapshot) => snapshot.step === 0);
  return {
    ...(run.start && { start: run.start }),
    epochs: run.epochs,
    steps: run.steps,
    ...(run.layers.length > 0 && { layers: run.layers }),
    ...(run.end && { end: run.end }),
    scores: runs.map(({ end }) => (!end || end.reason === "diverged" ? Number.NaN : end.score)),
    ...(first && run.steps.loss.length > 0 && { initial: { loss: run.steps.loss[0], layers: first.layers } }),
    ...(run.predictions && data && dataset && { predictions: summary(run, data, dataset) }),
  };
}

function column(values: readonly number[]): ColumnSummary {
  const n = Math.max(1, values.length);
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const std = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n);
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const v of values) {
    min = Math.min(min, v);
    max = Math.max(max, v);
  }
  return { min, max, mean, std };
}

function summary(run: Run, data: Prepared, { task, table }: Dataset): NonNullable<Case["predictions"]> {
  const { rows, units, outputs } = run.predictions!;
  const columns = Array.from({ length: units }, (_, c) => column(rows.map((_, i) => outputs[i * units + c])));
  if (task === "regression") {
    const targets = Array.from({ length: data.width }, (_, c) =>
      column(rows.map((row) => data.y[row * data.width + c])),
    );
    return { columns, targets };
  }
  if (table.target.kind !== "classes" || !data.labels) return { columns };
  const { names, values } = table.target;
  const predictions = rows.map((_, i) => predictedClass(outputs.slice(i * units, (i + 1) * units)));
  const { labels } = data;
  const classes = names.map((name, k) => {
    const own = rows.filter((row) => labels[row] === values[k]).length;
    const found = rows.filter((row, i) => labels[row] === values[k] && predictions[i] === values[k]).length;
    const predicted = predictions.filter((label) => label === values[k]).length;
    return {
      name,
      actual: own / rows.length,
      predicted: predicted / rows.length,
      ...(own > 0 && { recall: found / own }),
      ...(predicted > 0 && { precision: found / predicted }),
    };
  });
  return { columns, classes };
}

/** The predicted class of an output: the largest unit, or a single unit rounded; the first unit where all are NaN, as in NumPy. */
function predictedClass(output: readonly number[]): number {
  if (output.length === 1) return Math.round(output[0]);
  return output.reduce((best, v, i) => (v > output[best] ? i : best), 0);
}

/** How the plan is scored. */
export const measuredBy = ({ metric }: Resolved, data: Prepared): Metric => ({
  name: metric.name,
  better: better(metric.name),
  split: data.validation.length > 0 ? "validation" : "training",
});

/** The measure of a training: its metric, or, where a log names none, its loss. */
export const measureOf = ({ metric, epochs = [] }: Case): Metric =>
  metric ?? {
    name: "loss",
    better: "lower",
    split: epochs.some(({ validation }) => validation) ? "validation" : "training",
  };
