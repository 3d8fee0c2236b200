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
  /** Trainings of the user's network had a say. */
  network?: boolean;
};

/** So that it is over within a second or two. */
const MOST_ROWS = 2000;
/** Larger images are pooled: coarse shapes are enough for a label. */
const MOST_INPUTS = 100;
/** Fewer rows in five folds show nothing about a class. */
const LEAST_ROWS = 40;
/** As cleanlab does by default. */
const FOLDS = 5;
/** As cleanlab does by default. */
const NEIGHBOURS = 10;
/** scikit-learn's default of LogisticRegression (C 1). */
const LAMBDA = 1;
/** Rows × columns × classes up to which the linear model fits within a second. */
const MOST_LINEAR = 2e5;

/** Probabilities of the classes (in the order of the target's values) by row, told by networks that did not see its label. */
export type OutOfFold = ReadonlyMap<number, ArrayLike<number>>;

/** A network that predicts the given labels correctly so much less often than the baselines shows nothing about them. Chosen by hand. */
const BEHIND = 0.05;

/**
 * Confident learning on the out-of-fold probabilities of the nearest neighbours and of a logistic regression, averaged (of the neighbours
 * alone where the table is large), and of the user's network where it was trained for it: then its own, calibrated, with those of the simple
 * models for the rows these looked at. Undefined also where that network knows the labels less well than they do. Validation rows of the
 * same source may be wrong as well, so they are looked at too.
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
  const simple: Told = { rows, p: outOfFold(x, givenOf(rows), classes) };
  const told = network ? mixed(simple, own, network, givenOf, classes) : simple;
  if (!told) return undefined;
  const given = givenOf(told.rows);
  const found = contradicted(told.p, given, classes);
  return {
    share: found.length / given.length,
    rows: found.map((one) => {
      const { part: _source, ...row } = sourceRow(dataset, told.rows[one.at]);
      return { ...row, given: target.names[one.given], likely: target.names[one.likely], confidence: one.confidence };
    }),
    surest: surest(told.p, given, classes),
    ...(network && { network: true }),
  };
}

/** `p`: rows × classes */
type Told = { rows: Uint32Array; p: Float64Array };

function mixed(
  simple: Told,
  own: Uint32Array,
  network: OutOfFold,
  givenOf: (rows: Uint32Array) => Uint32Array,
  classes: number,
): Told | undefined {
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
  return { rows: third.length, wrong: share(third), all: share(told), chance: 1 - largest(counts) / given.length };
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
