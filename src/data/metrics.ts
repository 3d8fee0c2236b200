/** The metrics: how good the outputs of a network are, from outputs and targets alone. */
import type { Metric, MetricName, Plan } from "../plan/plan.ts";
import { areas, argmax, fScores, predictedClasses, target, type View } from "./class-metrics.ts";
import type { Task } from "./dataset.ts";
import type { Scored } from "./prepare.ts";

const LOWER: readonly MetricName[] = ["mae", "mse", "rmse", "loss"];

export const better = (metric: MetricName): "higher" | "lower" => (LOWER.includes(metric) ? "lower" : "higher");

const SHARES: ReadonlySet<string> = new Set<MetricName>([
  "accuracy",
  "balancedAccuracy",
  "binaryAccuracy",
  "topKAccuracy",
  "exactMatch",
]);

/** Whether this metric is a share, which is always shown in percent and never as a plain number. */
export const isShare = (metric: string): boolean => SHARES.has(metric);

const WORDS: Record<string, string> = { r2: "R²", mae: "MAE", mse: "MSE", rmse: "RMSE", auc: "AUC", f1: "F1" };

/** The usual spelling of a metric: r2 → R², mse → MSE, balancedAccuracy → balanced accuracy. */
export const metricWord = (metric: string): string =>
  WORDS[metric] ?? metric.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** "validation accuracy", "training R²": a score is always shown with its part. */
export const scoreName = ({ name, split }: { name: string; split: "validation" | "training" }): string =>
  `${split} ${metricWord(name)}`;

/** The worst possible score. */
export const worst = (metric: MetricName): number =>
  better(metric) === "lower" ? Infinity : metric === "r2" ? -Infinity : 0;

const DEFAULTS: Record<Task, MetricName> = {
  classification: "accuracy",
  multilabel: "binaryAccuracy",
  regression: "r2",
  sequence: "accuracy",
};

/** The metric of a Plan, or the default of its task. */
export const metricOf = (plan: Plan, task: Task): Metric => plan.metric ?? { name: DEFAULTS[task], k: 5 };

/** `outputs` holds one row of outputs for each of `rows`, as the network computes them; for a sequence, the predicted token at each step. */
export function score(
  metric: Metric,
  outputs: Float32Array,
  scored: Scored,
  rows: Uint32Array,
  lastActivation: string,
  task: Task,
): number {
  if (rows.length === 0) return Number.NaN;
  const units = outputs.length / rows.length;
  if (task === "sequence") return sequenceScore(metric.name, outputs, scored, rows);
  const view: View = { outputs, scored, rows, units, lastActivation, task };
  switch (metric.name) {
    case "accuracy":
      return accuracy(view);
    case "balancedAccuracy":
      return balancedAccuracy(view);
    case "binaryAccuracy":
      return share(rows.length * units, (i) => (outputs[i] > 0.5 ? 1 : 0) === target(view, i));
    case "topKAccuracy":
      return share(rows.length, (i) => isInTop(view, i, metric.k));
    case "exactMatch":
      return exactMatch(view);
    case "auc":
      return areas(view);
    case "f1":
      return fScores(view);
    case "r2":
      return r2(view);
    case "mae":
      return meanError(view, Math.abs);
    case "mse":
      return meanError(view, (error) => error * error);
    case "rmse":
      return Math.sqrt(meanError(view, (error) => error * error));
    case "loss":
      throw new Error("the loss is computed by the engine");
  }
}

/** accuracy: the share of tokens that are correct; exactMatch: the share of rows in which all are. Padding does not count. */
function sequenceScore(name: MetricName, outputs: Float32Array, { y, width }: Scored, rows: Uint32Array): number {
  let [right, counted, whole] = [0, 0, 0];
  rows.forEach((row, i) => {
    let wrong = 0;
    for (let k = 0; k < width; k++) {
      const token = y[row * width + k];
      if (token === 0) continue;
      counted++;
      if (outputs[i * width + k] !== token) wrong++;
      else right++;
    }
    if (wrong === 0) whole++;
  });
  return name === "exactMatch" ? whole / rows.length : right / counted;
}

function share(count: number, isRight: (i: number) => boolean): number {
  let right = 0;
  for (let i = 0; i < count; i++) if (isRight(i)) right++;
  return right / count;
}

function accuracy(view: View): number {
  const { scored, rows, outputs, units } = view;
  const { labels } = scored;
  if (labels) {
    const predicted = predictedClasses(view);
    return share(rows.length, (i) => predicted[i] === labels[rows[i]]);
  }
  // Without classes Keras compares the largest of several outputs, and a single one as it is.
  if (units === 1) {
    const predicted = predictedClasses(view);
    return share(rows.length, (i) => predicted[i] === scored.y[rows[i] * scored.width]);
  }
  return share(
    rows.length,
    (i) => argmax(outputs, i * units, units) === argmax(scored.y, rows[i] * scored.width, scored.width),
  );
}

/** The mean recall over the classes that occur. */
function balancedAccuracy(view: View): number {
  const { rows, scored } = view;
  const predicted = predictedClasses(view);
  const counts = new Map<number, { all: number; right: number }>();
  for (let i = 0; i < rows.length; i++) {
    const label = scored.labels ? scored.labels[rows[i]] : target(view, i * view.units);
    const count = counts.get(label) ?? { all: 0, right: 0 };
    counts.set(label, count);
    count.all++;
    if (predicted[i] === label) count.right++;
  }
  let sum = 0;
  for (const { all, right } of counts.values()) sum += right / all;
  return sum / counts.size;
}

/** True if fewer than k outputs are larger than that of the label. */
function isInTop({ outputs, scored, rows, units }: View, i: number, k: number): boolean {
  const label = scored.labels ? scored.labels[rows[i]] : argmax(scored.y, rows[i] * scored.width, scored.width);
  const own = outputs[i * units + label];
  if (!Number.isFinite(own)) return false;
  let larger = 0;
  for (let u = 0; u < units; u++) if (!(outputs[i * units + u] <= own)) larger++;
  return larger < k;
}

function exactMatch(view: View): number {
  const { rows, units, outputs, task } = view;
  if (task !== "multilabel") return accuracy(view);
  return share(rows.length, (i) => {
    for (let u = i * units; u < (i + 1) * units; u++) if ((outputs[u] > 0.5 ? 1 : 0) !== target(view, u)) return false;
    return true;
  });
}

/** 1 − SSE / SST, mean over the columns; a constant target gives 0, or 1 if it is met exactly. */
function r2(view: View): number {
  const { outputs, rows, units } = view;
  let sum = 0;
  for (let u = 0; u < units; u++) {
    let mean = 0;
    for (let i = 0; i < rows.length; i++) mean += target(view, i * units + u) / rows.length;
    let [sse, sst] = [0, 0];
    for (let i = 0; i < rows.length; i++) {
      const wanted = target(view, i * units + u);
      sse += (outputs[i * units + u] - wanted) ** 2;
      sst += (wanted - mean) ** 2;
    }
    sum += sst === 0 ? (sse === 0 ? 1 : sse > 0 ? 0 : Number.NaN) : 1 - sse / sst;
  }
  const value = sum / units;
  return Number.isFinite(value) ? value : Number.NaN;
}

/** The mean of a function of the error, in the units of the source. */
function meanError(view: View, of: (error: number) => number): number {
  const { outputs, scored, rows, units } = view;
  const { factor } = scored.targetScale;
  let sum = 0;
  for (let i = 0; i < outputs.length; i++) {
    const column = Math.min(i % units, factor.length - 1);
    sum += of((outputs[i] - target(view, i)) * factor[column]);
  }
  const value = sum / (rows.length * units);
  return Number.isFinite(value) ? value : Number.NaN;
}
