/** Labels that the other rows contradict: confident learning on out-of-fold predictions of two simple models. */
import { PURPOSE, permutation, stream } from "../../random.ts";
import { type Dataset, sourceRow } from "../dataset.ts";
import { neighbourMeans } from "../neighbours.ts";
import type { Prepared } from "../prepare.ts";
import { levelled, momentsOf, picked, sampled } from "../rows.ts";
import { classScores, logistic, type Matrix, softmax } from "../solvers.ts";

export type SuspectLabels = {
  share: number;
  rows: { row: number; given: string; likely: string; confidence: number }[];
  surest: { rows: number; wrong: number; all: number; chance: number };
};

/** So that it is over within a second or two. */
const MOST_ROWS = 2000;
/** Larger images are pooled: a label is told by coarse shapes. */
const MOST_INPUTS = 100;
/** Fewer rows in five folds tell nothing of a class. */
const LEAST_ROWS = 40;
/** As cleanlab does by default. */
const FOLDS = 5;
/** As cleanlab does by default. */
const NEIGHBOURS = 10;
/** scikit-learn's default of LogisticRegression (C 1). */
const LAMBDA = 1;
/** Rows × columns × classes up to which the linear model fits within a second. */
const MOST_LINEAR = 2e5;

/**
 * Confident learning (Northcutt, Jiang and Chuang, 2021): a class is likely for a row when its out-of-fold probability exceeds the mean
 * probability of that class over the rows that carry it. The probabilities are those of the nearest neighbours and of a logistic
 * regression, averaged (of the neighbours alone where the table is large). `confidence`: probability of the likely class less that of the given one. Validation rows of the same source may
 * be wrong as well, so they are looked at too.
 */
export function suspectLabels(dataset: Dataset, prepared: Prepared): SuspectLabels | undefined {
  const { target } = dataset.table;
  const { labels } = prepared;
  if (dataset.task !== "classification" || target.kind !== "classes" || !labels) return undefined;
  const classes = target.values.length;
  const classOf = new Map(target.values.map((value, k) => [value, k]));
  const own = [...new Set([...prepared.train, ...prepared.validation])].filter(
    (row) => classOf.has(labels[row]) && sourceRow(dataset, row).part === "source",
  );
  if (classes < 2 || own.length < LEAST_ROWS) return undefined;
  const rows = sampled(Uint32Array.from(own.sort((a, b) => a - b)), MOST_ROWS, 21);
  const x = picked(dataset, rows, MOST_INPUTS);
  levelled(momentsOf(x), [x], true);
  const given = Uint32Array.from(rows, (row) => classOf.get(labels[row])!);
  const p = outOfFold(x, given, classes);
  const counts = new Float64Array(classes);
  const sure = new Float64Array(classes);
  given.forEach((k, i) => {
    counts[k]++;
    sure[k] += p[i * classes + k];
  });
  const found = Array.from(given, (k, i) => {
    const mine = p.subarray(i * classes, (i + 1) * classes);
    let likely = k;
    for (let c = 0; c < classes; c++)
      if (counts[c] > 0 && mine[c] >= sure[c] / counts[c] && mine[c] > mine[likely]) likely = c;
    return { i, k, likely, confidence: mine[likely] - mine[k] };
  }).filter(({ k, likely }) => likely !== k);
  found.sort((a, b) => b.confidence - a.confidence);
  return {
    share: found.length / rows.length,
    rows: found.map(({ i, k, likely, confidence }) => ({
      row: sourceRow(dataset, rows[i]).row,
      given: target.names[k],
      likely: target.names[likely],
      confidence,
    })),
    surest: surest(p, given, classes),
  };
}

/** How often the likeliest class is not the given one: among the third of the rows where it leads by most, among all, and by chance. */
function surest(p: Float64Array, given: Uint32Array, classes: number): SuspectLabels["surest"] {
  const counts = new Float64Array(classes);
  const all = Array.from(permutation(given.length, stream(0, PURPOSE.sample, 23)), (i) => {
    const mine = p.subarray(i * classes, (i + 1) * classes);
    const [first, second] = mine.toSorted().reverse();
    counts[given[i]]++;
    return { first, lead: first - second, wrong: mine[given[i]] < first };
  });
  // Of some rows no model may have told.
  const told = all.filter(({ first }) => first > 0).sort((a, b) => b.lead - a.lead);
  const share = (some: typeof told) => some.filter(({ wrong }) => wrong).length / Math.max(1, some.length);
  const third = told.slice(0, Math.floor(told.length / 3));
  return { rows: third.length, wrong: share(third), all: share(told), chance: 1 - Math.max(...counts) / given.length };
}

/** Probabilities (rows × classes) of each row by models that did not see its label. */
function outOfFold(x: Matrix, given: Uint32Array, classes: number): Float64Array {
  const p = new Float64Array(x.rows * classes);
  const oneHot = new Float32Array(p.length);
  given.forEach((k, i) => {
    oneHot[i * classes + k] = 1;
  });
  const self = Int32Array.from({ length: x.rows }, (_, i) => i);
  const { rows, means } = neighbourMeans(x, oneHot, x, self, NEIGHBOURS);
  // Rows that the neighbours' budget left out are told by the linear model alone.
  const told = new Set(rows);
  rows.forEach((row, at) => {
    for (let k = 0; k < classes; k++) p[row * classes + k] = means[at * classes + k] / 2;
  });
  if (x.values.length * classes > MOST_LINEAR) return p.map((share) => 2 * share);
  const order = permutation(x.rows, stream(0, PURPOSE.sample, 22));
  for (let fold = 0; fold < FOLDS; fold++) {
    const out = order.filter((_, i) => i % FOLDS === fold);
    const within = order.filter((_, i) => i % FOLDS !== fold);
    const weights = logistic(
      part(x, within),
      within.map((i) => given[i]),
      classes,
      LAMBDA,
    );
    const scores = classScores(part(x, out), weights, classes);
    softmax(scores, classes);
    out.forEach((row, at) => {
      const share = told.has(row) ? 0.5 : 1;
      for (let k = 0; k < classes; k++) p[row * classes + k] += share * scores[at * classes + k];
    });
  }
  return p;
}

function part({ values, columns }: Matrix, rows: Uint32Array): Matrix {
  const out = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    out.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { rows: rows.length, columns, values: out };
}
