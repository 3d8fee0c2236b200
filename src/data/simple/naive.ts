/** The naive forecast of a table in time order: the next value is predicted to be the last known one. */
import type { Metric } from "../../plan/plan.ts";
import type { Dataset } from "../dataset.ts";
import { score } from "../metrics.ts";
import type { Prepared, Scored } from "../prepare.ts";
import type { Baseline } from "./baseline.ts";

/**
 * Its score on the validation rows (Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 5.2); none where the rows have no known
 * order in time (no window and no split by time), or where the validation rows have a file of their own.
 */
export function naiveForecast(dataset: Dataset, prepared: Prepared, metric: Metric): Baseline[] {
  const { before, table } = dataset;
  const { y, width, labels, validation, train, targetScale } = prepared;
  if (!before || metric.name === "loss") return [];
  const known = (row: number): boolean =>
    labels ? !Number.isNaN(labels[row]) : y.subarray(row * width, (row + 1) * width).every(Number.isFinite);
  const evaluated = validation.length > 0 ? validation : train;
  const rows = evaluated.filter((row) => row < table.rows && before[row] >= 0 && known(row) && known(before[row]));
  if (rows.length === 0) return [];
  const scored: Scored = labels ? oneHot(labels) : { y, width, labels: null, targetScale };
  const outputs = new Float32Array(rows.length * scored.width);
  rows.forEach((row, i) => {
    outputs.set(scored.y.subarray(before[row] * scored.width, (before[row] + 1) * scored.width), i * scored.width);
  });
  const value = score(metric, outputs, scored, rows, labels ? "softmax" : "linear", dataset.task);
  return [{ name: "naive forecast", value }];
}

/** Classes renumbered 0, 1, … so that labels −1 and 1 are scored like others. */
function oneHot(labels: Float32Array): Scored {
  const values = [...new Set(labels.filter((label) => !Number.isNaN(label)))].sort((a, b) => a - b);
  const width = Math.max(2, values.length);
  const index = new Map(values.map((value, k) => [value, k]));
  const own = labels.map((label) => index.get(label) ?? Number.NaN);
  const y = new Float32Array(labels.length * width);
  own.forEach((k, row) => {
    if (!Number.isNaN(k)) y[row * width + k] = 1;
  });
  return { y, width, labels: own, targetScale: { kind: "none", shift: [0], factor: [1] } };
}
