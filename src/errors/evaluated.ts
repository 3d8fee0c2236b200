/** The rows that networks of one plan were judged by, each once: what was true, what was answered, and how far off that is. */

import { predictedClasses } from "../data/class-metrics.ts";
import type { Dataset, Task } from "../data/dataset.ts";
import type { Prepared } from "../data/prepare.ts";
import { mean } from "../data/statistics.ts";
import type { PredictionsEvent } from "../engine/events.ts";
import { largest } from "../lists.ts";

/** What one trained network answered, with the data as it saw them. */
export type Answers = {
  predictions: PredictionsEvent;
  data: Pick<Prepared, "y" | "width" | "labels" | "targetScale" | "origin" | "validation">;
};

export type Context = { dataset: Dataset; lastActivation: string; tokens?: "character" | "word" };

/** One judged row. */
export type JudgedRow = {
  /** Of the tables, counted on from one to the next. */
  origin: number;
  truth: number[];
  answer: number[];
  /** What the network gave, for a class or label how sure it was; null where its outputs are no probabilities. */
  confidence: number | null;
  /** Missed: 1 or 0. Numbers: how far off it is. */
  error: number;
};

/** Enough rows for what the misses share to show; further seeds add no more. Chosen by hand. */
const ENOUGH = 2000;

export type Judged = {
  rows: JudgedRow[];
  networks: number;
  unanswered: number;
  split: "validation" | "training";
};

/**
 * The rows of the first network, then those that only a later one judged, while they are fewer than ENOUGH. Rows whose target is missing
 * are left out; of numbers, those without an answer too, which are counted.
 */
export function judgedRows(answers: Iterable<Answers>, context: Context): Judged {
  const seen = new Set<number>();
  const rows: JudgedRow[] = [];
  let [networks, unanswered] = [0, 0];
  let split: Judged["split"] = "training";
  for (const one of answers) {
    // One that diverged answers nothing.
    if (!one.predictions.outputs.some(Number.isFinite)) continue;
    if (one.data.validation.length > 0) split = "validation";
    const before = seen.size;
    const read = reader(one, context);
    for (const [i, row] of one.predictions.rows.entries()) {
      const origin = one.data.origin[row];
      if (seen.has(origin)) continue;
      const judged = read(i, row, origin);
      if (judged.truth.some(Number.isNaN)) continue;
      seen.add(origin);
      if (Number.isFinite(judged.error)) rows.push(judged);
      else unanswered++;
    }
    if (seen.size > before) networks++;
    if (rows.length >= ENOUGH) break;
  }
  return { rows, networks, unanswered, split };
}

/** As it was written, as far as single precision holds it. */
export const asWritten = (value: number): number => Number(value.toPrecision(7));

type Reader = (i: number, row: number, origin: number) => JudgedRow;

const READERS: Record<Task, (one: Answers, context: Context) => Reader> = {
  classification: classes,
  multilabel,
  regression: numbers,
  sequence,
};

const reader = (one: Answers, context: Context): Reader => READERS[context.dataset.task](one, context);

function classes({ predictions: { units, outputs }, data }: Answers, { lastActivation }: Context): Reader {
  const notes = predictedClasses({ outputs: Float32Array.from(outputs), units, lastActivation });
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
    return { origin, truth: [truth], answer: [notes[i]], confidence, error: notes[i] === truth ? 0 : 1 };
  };
}

/** The largest probability that logits stand for. */
function likeliest(logits: readonly number[]): number | null {
  const top = largest(logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - top), 0);
  return Number.isFinite(sum) ? 1 / sum : null;
}

/** `confidence`: of the surest wrong label. */
function multilabel({ predictions: { units, outputs }, data }: Answers): Reader {
  return (i, row, origin) => {
    const truth = Array.from({ length: units }, (_, u) => data.y[row * data.width + u]);
    const own = outputs.slice(i * units, (i + 1) * units);
    const answer = own.map((p) => (p > 0.5 ? 1 : 0));
    const wrong = own.filter((_, u) => answer[u] !== truth[u]);
    const sure = wrong.length > 0 ? largest(wrong.map((p) => Math.max(p, 1 - p))) : 0;
    return { origin, truth, answer, confidence: sure <= 1 ? sure : null, error: wrong.length > 0 ? 1 : 0 };
  };
}

/** In the units of the file; the errors of several columns are each divided by the spread of what is true. */
function numbers({ predictions: { rows, units, outputs }, data }: Answers): Reader {
  const { shift, factor } = data.targetScale;
  const raw = (value: number, u: number) => asWritten(value * factor[u % factor.length] + shift[u % shift.length]);
  const column = (u: number) => (row: number) => raw(data.y[row * data.width + Math.min(u, data.width - 1)], u);
  const columns = Array.from({ length: units }, (_, u) => column(u));
  const spreads = columns.map((truth) => (units > 1 ? spread(rows.map(truth)) : 1));
  return (i, row, origin) => {
    const truth = columns.map((of) => of(row));
    const answer = truth.map((_, u) => raw(outputs[i * units + u], u));
    const error = answer.reduce((sum, a, u) => sum + Math.abs(a - truth[u]) / spreads[u], 0) / units;
    return { origin, truth, answer, confidence: null, error };
  };
}

/** 1 where there is none. */
function spread(values: readonly number[]): number {
  const known = values.filter(Number.isFinite);
  const middle = mean(known);
  return Math.sqrt(mean(known.map((v) => (v - middle) ** 2))) || 1;
}

/** Missed: any token is wrong. Padding is left away. */
function sequence({ predictions: { units, outputs }, data }: Answers): Reader {
  return (i, row, origin) => {
    const all = Array.from(data.y.subarray(row * data.width, (row + 1) * data.width));
    const truth = all.filter((token) => token !== 0);
    const answer = all.flatMap((token, k) => (token === 0 ? [] : [outputs[i * units + k]]));
    return { origin, truth, answer, confidence: null, error: truth.some((token, k) => answer[k] !== token) ? 1 : 0 };
  };
}
