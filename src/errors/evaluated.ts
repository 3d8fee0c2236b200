/** The rows that networks of one plan are evaluated on, each once: true value, prediction and error. */

import { predictedClasses } from "../data/class-metrics.ts";
import type { Dataset, Task } from "../data/dataset.ts";
import type { Prepared } from "../data/prepare.ts";
import { mean } from "../data/statistics.ts";
import type { PredictionsEvent } from "../engine/events.ts";
import { largest } from "../lists.ts";

/** The predictions of one trained network, with the data as prepared for it. */
export type Evaluation = {
  predictions: PredictionsEvent;
  data: Pick<Prepared, "y" | "width" | "labels" | "targetScale" | "origin" | "validation">;
};

export type Context = { dataset: Dataset; lastActivation: string; tokens?: "character" | "word" };

/** One evaluated row. */
export type EvaluatedRow = {
  /** The index of the row over all tables, continued from one to the next. */
  origin: number;
  truth: number[];
  predicted: number[];
  /** Probability of the predicted class or label; null where the outputs are not probabilities. */
  confidence: number | null;
  /** 1 for an incorrect prediction, else 0. Regression: the absolute error. */
  error: number;
};

/** Enough rows to show what wrong predictions share; further seeds add no more. Chosen by hand. */
const ENOUGH = 2000;

type EvaluatedRows = {
  rows: EvaluatedRow[];
  networks: number;
  unanswered: number;
  split: "validation" | "training";
};

/**
 * The rows of the first network, then those that only a later one is evaluated on, while they are fewer than ENOUGH. Rows whose target is
 * missing are left out; in a regression also those whose prediction is not finite, which are counted.
 */
export function evaluatedRows(evaluations: Iterable<Evaluation>, context: Context): EvaluatedRows {
  const origins = new Set<number>();
  const rows: EvaluatedRow[] = [];
  let [networks, unanswered] = [0, 0];
  let split: EvaluatedRows["split"] = "training";
  for (const one of evaluations) {
    // A network that diverged has no predictions.
    if (!one.predictions.outputs.some(Number.isFinite)) continue;
    if (one.data.validation.length > 0) split = "validation";
    const before = origins.size;
    const read = reader(one, context);
    for (const [i, row] of one.predictions.rows.entries()) {
      const origin = one.data.origin[row];
      if (origins.has(origin)) continue;
      const evaluated = read(i, row, origin);
      if (evaluated.truth.some(Number.isNaN)) continue;
      origins.add(origin);
      if (Number.isFinite(evaluated.error)) rows.push(evaluated);
      else unanswered++;
    }
    if (origins.size > before) networks++;
    if (rows.length >= ENOUGH) break;
  }
  return { rows, networks, unanswered, split };
}

/** The number as it was written, as far as single precision can represent it. */
export const asWritten = (value: number): number => Number(value.toPrecision(7));

type Reader = (i: number, row: number, origin: number) => EvaluatedRow;

const READERS: Record<Task, (one: Evaluation, context: Context) => Reader> = {
  classification: classes,
  multilabel,
  regression: numbers,
  sequence,
};

const reader = (one: Evaluation, context: Context): Reader => READERS[context.dataset.task](one, context);

function classes({ predictions: { units, outputs }, data }: Evaluation, { lastActivation }: Context): Reader {
  const predictions = predictedClasses({ outputs: Float32Array.from(outputs), units, lastActivation });
  return (i, row, origin) => {
    const truth = data.labels![row];
    const own = outputs.slice(i * units, (i + 1) * units);
    const confidence = own.every((p) => p >= 0 && p <= 1)
      ? units > 1
        ? largest(own)
        : Math.max(own[0], 1 - own[0])
      : units > 1
        ? likeliest(own)
        : null;
    return { origin, truth: [truth], predicted: [predictions[i]], confidence, error: predictions[i] === truth ? 0 : 1 };
  };
}

/** The largest softmax probability of some logits. */
function likeliest(logits: readonly number[]): number | null {
  const top = largest(logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - top), 0);
  return Number.isFinite(sum) ? 1 / sum : null;
}

/** `confidence`: the highest probability of a label that is predicted incorrectly. */
function multilabel({ predictions: { units, outputs }, data }: Evaluation): Reader {
  return (i, row, origin) => {
    const truth = Array.from({ length: units }, (_, u) => data.y[row * data.width + u]);
    const own = outputs.slice(i * units, (i + 1) * units);
    const predicted = own.map((p) => (p > 0.5 ? 1 : 0));
    const wrong = own.filter((_, u) => predicted[u] !== truth[u]);
    const sure = wrong.length > 0 ? largest(wrong.map((p) => Math.max(p, 1 - p))) : 0;
    return { origin, truth, predicted, confidence: sure <= 1 ? sure : null, error: wrong.length > 0 ? 1 : 0 };
  };
}

/** Values in the units of the file; the errors of several columns are each divided by the standard deviation of the true values. */
function numbers({ predictions: { rows, units, outputs }, data }: Evaluation): Reader {
  const { shift, factor } = data.targetScale;
  const raw = (value: number, u: number) => asWritten(value * factor[u % factor.length] + shift[u % shift.length]);
  const column = (u: number) => (row: number) => raw(data.y[row * data.width + Math.min(u, data.width - 1)], u);
  const columns = Array.from({ length: units }, (_, u) => column(u));
  const scales = columns.map((truth) => (units > 1 ? deviation(rows.map(truth)) : 1));
  return (i, row, origin) => {
    const truth = columns.map((of) => of(row));
    const predicted = truth.map((_, u) => raw(outputs[i * units + u], u));
    const error = predicted.reduce((sum, a, u) => sum + Math.abs(a - truth[u]) / scales[u], 0) / units;
    return { origin, truth, predicted, confidence: null, error };
  };
}

/** Standard deviation; 1 where it would be 0. */
function deviation(values: readonly number[]): number {
  const known = values.filter(Number.isFinite);
  const middle = mean(known);
  return Math.sqrt(mean(known.map((v) => (v - middle) ** 2))) || 1;
}

/** Incorrect where any token is wrong. Padding is left out. */
function sequence({ predictions: { units, outputs }, data }: Evaluation): Reader {
  return (i, row, origin) => {
    const all = Array.from(data.y.subarray(row * data.width, (row + 1) * data.width));
    const truth = all.filter((token) => token !== 0);
    const predicted = all.flatMap((token, k) => (token === 0 ? [] : [outputs[i * units + k]]));
    return {
      origin,
      truth,
      predicted,
      confidence: null,
      error: truth.some((token, k) => predicted[k] !== token) ? 1 : 0,
    };
  };
}
