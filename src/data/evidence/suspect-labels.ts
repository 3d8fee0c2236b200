/** Labels that the other rows contradict: confident learning on out-of-fold predictions of two baselines. */
import { largest } from "../../lists.ts";
import { PURPOSE, permutation, stream } from "../../random.ts";
import { contradicted, tempered } from "../confident.ts";
import { type Dataset, sourceRow } from "../dataset.ts";
import type { Prepared } from "../prepare.ts";
import { levelled, momentsOf, picked, sampled, sourceRows } from "../rows.ts";
import { neighbourMeans } from "../simple/neighbours.ts";
import { classScores, logistic, type Matrix, softmax } from "../simple/solvers.ts";

type SuspectLabels = {
  share: number;
  rows: { row: number; line?: number; file?: string; given: string; likely: string; confidence: number }[];
  surest: { rows: number; wrong: number; all: number; chance: number };
  /** Whether trainings of the user's network contributed. */
  network?: boolean;
};

/** The most rows: a second or two. */
const MOST_ROWS = 2000;
/** Larger images are pooled, because coarse shapes are enough to predict a label. */
const MOST_INPUTS = 100;
/** The fewest rows of a class: fewer in five folds do not describe it. */
const LEAST_ROWS = 40;
/** The default of cleanlab. */
const FOLDS = 5;
/** The default of cleanlab. */
const NEIGHBOURS = 10;
/** The default of scikit-learn's LogisticRegression (C 1). */
const LAMBDA = 1;
/** The most rows × columns × classes for which the linear model is fitted within a second. */
const MOST_LINEAR = 2e5;

/** Probabilities of the classes (in the order of the target's values) by row, from networks that were not trained on its label. */
export type OutOfFold = ReadonlyMap<number, ArrayLike<number>>;

/** A network whose accuracy on the given labels is lower than the baselines' by this much is not used. Chosen by hand. */
const BEHIND = 0.05;

/**
 * Confident learning on the out-of-fold probabilities of the nearest neighbours and of a logistic regression, averaged (of the neighbours
 * alone where the table is large), and of the user's network where it was trained for this: then its own, calibrated, with those of the
 * baselines for the rows that these predicted. Undefined also where that network predicts the labels less well than they do. Validation rows of
 * the same source may have wrong labels as well, so they are examined too.
 */
export function suspectLabels(dataset: Dataset, prepared: Prepared, network?: OutOfFold): SuspectLabels | undefined {
  const { target } = dataset.table;
  const { labels } = prepared;
  if (dataset.task !== "classification" || target.kind !== "classes" || !labels) return undefined;
  const classes = target.values.length;
  const classOf = new Map(target.values.map((value, k) => [value, k]));
  const own = sourceRows(dataset, prepared).filter((row) => classOf.has(labels[row]));
  if (classes < 2 || own.length < LEAST_ROWS) return undefined;
  const givenOf = (rows: Uint32Array) => Uint32Array.from(rows, (row) => classOf.get(labels[row])!);
  const rows = sampled(own, MOST_ROWS, 21);
  const x = picked(dataset, rows, MOST_INPUTS);
  levelled(momentsOf(x), [x], true);
  const simple: Predicted = { rows, p: outOfFold(x, givenOf(rows), classes) };
  const predicted = network ? mixed(simple, own, network, givenOf, classes) : simple;
  if (!predicted) return undefined;
  const given = givenOf(predicted.rows);
  const found = contradicted(predicted.p, given, classes);
  return {
    share: found.length / given.length,
    rows: found.map((one) => {
      const { part: _source, ...row } = sourceRow(dataset, predicted.rows[one.at]);
      return { ...row, given: target.names[one.given], likely: target.names[one.likely], confidence: one.confidence };
    }),
    surest: surest(predicted.p, given, classes),
    ...(network && { network: true }),
  };
}

/** `p`: rows × classes */
type Predicted = { rows: Uint32Array; p: Float64Array };

function mixed(
  simple: Predicted,
  own: Uint32Array,
  network: OutOfFold,
  givenOf: (rows: Uint32Array) => Uint32Array,
  classes: number,
): Predicted | undefined {
  const rows = own.filter((row) => network.has(row));
  const place = new Map([...rows].map((row, at) => [row, at]));
  const given = givenOf(rows);
  const p = tempered(Float64Array.from([...rows].flatMap((row) => Array.from(network.get(row)!))), given, classes);
  const both = [...simple.rows.keys()].filter((i) => place.has(simple.rows[i]));
  const right = (of: Float64Array, at: number, k: number): number => {
    const mine = of.subarray(at * classes, (at + 1) * classes);
    return Number(mine[k] >= largest(mine));
  };
  let lead = 0;
  for (const i of both) {
    const at = place.get(simple.rows[i])!;
    lead += right(p, at, given[at]) - right(simple.p, i, given[at]);
  }
  if (both.length === 0 || lead < -BEHIND * both.length) return undefined;
  for (const i of both) {
    const at = place.get(simple.rows[i])!;
    for (let k = 0; k < classes; k++) p[at * classes + k] = (p[at * classes + k] + simple.p[i * classes + k]) / 2;
  }
  return { rows, p };
}

/** How often the most probable class is not the given one: among the third of the rows with the largest lead, among all, and by chance. */
function surest(p: Float64Array, given: Uint32Array, classes: number): SuspectLabels["surest"] {
  const counts = new Float64Array(classes);
  const all = Array.from(permutation(given.length, stream(0, PURPOSE.sample, 23)), (i) => {
    const mine = p.subarray(i * classes, (i + 1) * classes);
    const [first, second] = mine.toSorted().reverse();
    counts[given[i]]++;
    return { first, lead: first - second, wrong: mine[given[i]] < first };
  });
  // Some rows may have no predictions of any model.
  const predicted = all.filter(({ first }) => first > 0).sort((a, b) => b.lead - a.lead);
  const share = (some: typeof predicted) => some.filter(({ wrong }) => wrong).length / Math.max(1, some.length);
  const third = predicted.slice(0, Math.floor(predicted.length / 3));
  return { rows: third.length, wrong: share(third), all: share(predicted), chance: 1 - largest(counts) / given.length };
}

/** Probabilities (rows × classes) of each row from models that were not trained on its label. */
function outOfFold(x: Matrix, given: Uint32Array, classes: number): Float64Array {
  const p = new Float64Array(x.rows * classes);
  const oneHot = new Float32Array(p.length);
  given.forEach((k, i) => {
    oneHot[i * classes + k] = 1;
  });
  const self = Int32Array.from({ length: x.rows }, (_, i) => i);
  const { rows, means } = neighbourMeans(x, oneHot, x, self, NEIGHBOURS);
  // Rows beyond the budget of the nearest neighbours are predicted by the linear model alone.
  const withNeighbours = new Set(rows);
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
      const share = withNeighbours.has(row) ? 0.5 : 1;
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
