/** Baselines: what the simplest predictors reach on the same rows, to know whether there is anything to learn. */

import type { Metric } from "../../plan/plan.ts";
import { upTo } from "../../random.ts";
import { type Dataset, product } from "../dataset.ts";
import { score } from "../metrics.ts";
import type { Prepared, Scored } from "../prepare.ts";
import { levelled, momentsOf, picked, sampled, trainingRows } from "../rows.ts";
import { mean } from "../statistics.ts";
import type { Baseline } from "./baseline.ts";
import { boosted, fitting, type Slope } from "./boosted.ts";
import { neighbourMeans } from "./neighbours.ts";
import { sequenceBaselines } from "./sequences.ts";
import { affordsLogistic, classScores, leastSquares, logistic, type Matrix, ridge, softmax } from "./solvers.ts";

/** So that the predictors are fitted within a second or two. */
const MOST_TRAIN = 4000;
/** A score to within a point. */
const MOST_JUDGED = 2000;
/** Larger images are pooled, so that the predictors are fitted within a second or two. */
const MOST_INPUTS = 256;
/** Wide tables are evaluated on fewer rows. */
const MOST_CELLS = 4e6;
/** scikit-learn's default. */
const NEIGHBOURS = 5;
/** scikit-learn's default in both Ridge (alpha 1) and LogisticRegression (C 1). */
const LAMBDA = 1;

/** Numbers are scored as numbers even if they are classes: somebody asked for it. */
const OF_NUMBERS = ["r2", "mae", "mse", "rmse"];

/** Scored on the validation rows, or on the training rows if there are none (neighbours then leave the row itself out); boosted `trees` take longest. */
export function baselines(dataset: Dataset, prepared: Prepared, metric: Metric, trees = true): Baseline[] {
  if (metric.name === "loss") return [];
  if (prepared.tokens) return sequenceBaselines(prepared, metric);
  const whole = prepared.validation.length === 0;
  const fit = Math.max(200, Math.min(MOST_TRAIN, Math.floor(MOST_CELLS / product(prepared.shape))));
  const train = sampled(withTarget(prepared, trainingRows(prepared)), fit, 1);
  const evaluated = sampled(whole ? train : withTarget(prepared, prepared.validation), Math.min(MOST_JUDGED, fit), 2);
  if (train.length === 0 || evaluated.length === 0) return [];
  const inputs = inputsOf(dataset, prepared, train, evaluated);
  const asClasses = prepared.labels !== null && !OF_NUMBERS.includes(metric.name);
  const problem = asClasses
    ? classProblem(prepared.labels!, train, evaluated)
    : numberProblem(prepared, train, evaluated);
  const all = upTo(evaluated.length);
  const value = (outputs: Float32Array, rows: Uint32Array = all): number =>
    score(metric, outputs, problem.scored, rows, asClasses ? "softmax" : "linear", dataset.task);
  const self = whole ? indexOf(train, evaluated) : null;
  const near = neighbourMeans(inputs.train, problem.targets, inputs.evaluated, self, NEIGHBOURS);
  return [
    { name: asClasses ? "majority class" : "mean", value: value(repeated(problem.constant, evaluated.length)) },
    { name: "linear", value: value(problem.linear(inputs)) },
    { name: "k nearest neighbours", value: value(near.means, near.rows) },
    // Of the rows that they were fitted to they know all.
    ...(trees && !whole && fitting(inputs.train, problem.width)
      ? [{ name: "boosted trees" as const, value: value(problem.boosted(inputs)) }]
      : []),
  ];
}

/** Rows whose target is known. */
function withTarget({ y, width, labels }: Prepared, rows: Uint32Array): Uint32Array {
  const [values, columns] = labels ? [labels, 1] : [y, width];
  return rows.filter((row) => {
    for (let c = 0; c < columns; c++) if (!Number.isFinite(values[row * columns + c])) return false;
    return true;
  });
}

type InputPair = { train: Matrix; evaluated: Matrix };

/** Standardised by the training rows; missing cells become the mean, images are pooled to a few hundred numbers. */
function inputsOf(dataset: Dataset, { x }: Prepared, train: Uint32Array, evaluated: Uint32Array): InputPair {
  const pair = { train: picked(dataset, train, MOST_INPUTS, x), evaluated: picked(dataset, evaluated, MOST_INPUTS, x) };
  levelled(momentsOf(pair.train), [pair.train, pair.evaluated], false);
  return pair;
}

type Problem = {
  scored: Scored;
  width: number;
  /** What the constant predictor answers */
  constant: Float32Array;
  /** The targets of the training rows, to average over neighbours: rows × width */
  targets: Float32Array;
  linear: (inputs: InputPair) => Float32Array;
  boosted: (inputs: InputPair) => Float32Array;
};

const UNSCALED = { kind: "none" as const, shift: [0], factor: [1] };

/** Classes are renumbered 0, 1, … so that labels 1…N or −1 and 1 are judged as fairly as others. */
function classProblem(labels: Float32Array, train: Uint32Array, evaluated: Uint32Array): Problem {
  const values = [...new Set([...train, ...evaluated].map((row) => labels[row]))].sort((a, b) => a - b);
  const index = new Map(values.map((value, i) => [value, i]));
  const width = Math.max(2, values.length);
  const known = Uint32Array.from(train, (row) => index.get(labels[row])!);
  const wanted = Uint32Array.from(evaluated, (row) => index.get(labels[row])!);
  const oneHot = (of: Uint32Array): Float32Array => {
    const y = new Float32Array(of.length * width);
    of.forEach((k, i) => {
      y[i * width + k] = 1;
    });
    return y;
  };
  const counts = new Float32Array(width);
  for (const k of known) counts[k]++;
  return {
    scored: { y: oneHot(wanted), width, labels: Float32Array.from(wanted), targetScale: UNSCALED },
    width,
    constant: counts.map((count) => count / known.length),
    targets: oneHot(known),
    linear(inputs) {
      const solver = affordsLogistic(inputs.train, width) ? logistic : leastSquares;
      const p = classScores(inputs.evaluated, solver(inputs.train, known, width, LAMBDA), width);
      softmax(p, width);
      return Float32Array.from(p);
    },
    boosted(inputs) {
      // A class that no row has is as good as impossible.
      const start = counts.map((count) => Math.log(Math.max(count, 1e-3) / known.length));
      const p = boosted(inputs.train, inputs.evaluated, start, (outputs, gradient, hessian) => {
        gradient.set(outputs);
        softmax(gradient, width);
        gradient.forEach((v, i) => {
          hessian[i] = v * (1 - v);
        });
        known.forEach((k, i) => {
          gradient[i * width + k]--;
        });
      });
      softmax(p, width);
      return Float32Array.from(p);
    },
  };
}

function numberProblem(prepared: Prepared, train: Uint32Array, evaluated: Uint32Array): Problem {
  const { y, width } = prepared;
  const pick = (rows: Uint32Array): Float32Array => {
    const values = new Float32Array(rows.length * width);
    rows.forEach((row, i) => {
      values.set(y.subarray(row * width, (row + 1) * width), i * width);
    });
    return values;
  };
  const targets = pick(train);
  const constant = new Float32Array(width);
  const columns = Array.from({ length: width }, (_, c) =>
    Float64Array.from({ length: train.length }, (_, i) => targets[i * width + c]),
  );
  columns.forEach((column, c) => {
    constant[c] = mean(column);
  });
  return {
    scored: { y: pick(evaluated), width, labels: null, targetScale: prepared.targetScale },
    width,
    constant,
    targets,
    linear(inputs) {
      const outputs = new Float32Array(evaluated.length * width);
      columns.forEach((column, c) => {
        const { weights, constant: base } = ridge(inputs.train, column, LAMBDA, 1 / width);
        for (let i = 0, at = 0; i < evaluated.length; i++, at += inputs.evaluated.columns) {
          let sum = base;
          for (let k = 0; k < weights.length; k++) sum += weights[k] * inputs.evaluated.values[at + k];
          outputs[i * width + c] = sum;
        }
      });
      return outputs;
    },
    boosted(inputs) {
      const squared: Slope = (outputs, gradient, hessian) => {
        outputs.forEach((v, i) => {
          gradient[i] = v - targets[i];
        });
        hessian.fill(1);
      };
      return Float32Array.from(boosted(inputs.train, inputs.evaluated, constant, squared));
    },
  };
}

function repeated(row: Float32Array, count: number): Float32Array {
  const all = new Float32Array(row.length * count);
  for (let i = 0; i < count; i++) all.set(row, i * row.length);
  return all;
}

/** Where in `rows` (ascending) each of `some` stands. */
function indexOf(rows: Uint32Array, some: Uint32Array): Int32Array {
  const at = new Map([...rows].map((row, i) => [row, i]));
  return Int32Array.from(some, (row) => at.get(row)!);
}
