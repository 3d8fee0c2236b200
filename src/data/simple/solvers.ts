/** The solvers of the baselines: ridge regression (conjugate gradients), multinomial logistic regression (L-BFGS), and least squares for thousands of classes. */
import { mean } from "../statistics.ts";

/** The values, rows × columns, row by row. */
export type Matrix = { rows: number; columns: number; values: Float32Array };

/** One multiplication and addition takes about a nanosecond; this many keep a solver within a second. */
const BUDGET = 4e8;

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

/** a += factor · b */
const add = (a: Float64Array, factor: number, b: Float64Array): void => {
  for (let i = 0; i < a.length; i++) a[i] += factor * b[i];
};

/** Xᵀ (X w) + λ w */
function normal(x: Matrix, w: Float64Array, lambda: number): Float64Array {
  const { values, columns } = x;
  const out = w.map((value) => lambda * value);
  for (let r = 0, at = 0; r < x.rows; r++, at += columns) {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += values[at + c] * w[c];
    for (let c = 0; c < columns; c++) out[c] += values[at + c] * sum;
  }
  return out;
}

/** The weights w and the constant that minimise ‖y − X w − constant‖² + λ‖w‖²; the columns of X have mean 0. */
export function ridge(
  x: Matrix,
  y: Float64Array,
  lambda: number,
  share = 1,
): { weights: Float64Array; constant: number } {
  const constant = mean(y);
  const weights = new Float64Array(x.columns);
  const residual = new Float64Array(x.columns);
  for (let r = 0, at = 0; r < x.rows; r++, at += x.columns)
    for (let c = 0; c < x.columns; c++) residual[c] += x.values[at + c] * (y[r] - constant);
  let direction = residual.slice();
  let size = dot(residual, residual);
  const enough = 1e-18 * size;
  const steps = Math.max(5, Math.min(2 * x.columns, (share * BUDGET) / (2 * x.values.length)));
  for (let step = 0; step < steps && size > enough; step++) {
    const image = normal(x, direction, lambda);
    const length = size / dot(direction, image);
    add(weights, length, direction);
    add(residual, -length, image);
    const next = dot(residual, residual);
    direction = direction.map((value, i) => residual[i] + (next / size) * value);
    size = next;
  }
  return { weights, constant };
}

/** The scores X W + b of each class: `weights` holds, per class, the weights and then the constant. */
export function classScores(x: Matrix, weights: Float64Array, classes: number): Float64Array {
  const { values, columns } = x;
  const scores = new Float64Array(x.rows * classes);
  for (let r = 0, at = 0; r < x.rows; r++, at += columns)
    for (let k = 0, w = 0; k < classes; k++, w += columns + 1) {
      let sum = weights[w + columns];
      for (let c = 0; c < columns; c++) sum += values[at + c] * weights[w + c];
      scores[r * classes + k] = sum;
    }
  return scores;
}

/** Turns scores into probabilities, in place. */
export function softmax(scores: Float64Array, classes: number): void {
  for (let at = 0; at < scores.length; at += classes) {
    let most = -Infinity;
    for (let k = at; k < at + classes; k++) most = Math.max(most, scores[k]);
    let sum = 0;
    for (let k = at; k < at + classes; k++) sum += scores[k] = Math.exp(scores[k] - most);
    for (let k = at; k < at + classes; k++) scores[k] /= sum;
  }
}

/** Cross-entropy summed over the rows + λ/2 ‖W‖² (the constants are not penalized), and its gradient. */
function logisticLoss(
  x: Matrix,
  labels: Uint32Array,
  classes: number,
  lambda: number,
  weights: Float64Array,
): { loss: number; gradient: Float64Array } {
  const { values, columns } = x;
  const p = classScores(x, weights, classes);
  softmax(p, classes);
  const gradient = new Float64Array(weights.length);
  let loss = 0;
  for (let i = 0; i < weights.length; i++) {
    if (i % (columns + 1) === columns) continue;
    loss += (lambda / 2) * weights[i] ** 2;
    gradient[i] = lambda * weights[i];
  }
  for (let r = 0, at = 0; r < x.rows; r++, at += columns) {
    loss -= Math.log(Math.max(p[r * classes + labels[r]], 1e-300));
    for (let k = 0, w = 0; k < classes; k++, w += columns + 1) {
      const slope = p[r * classes + k] - (k === labels[r] ? 1 : 0);
      for (let c = 0; c < columns; c++) gradient[w + c] += slope * values[at + c];
      gradient[w + columns] += slope;
    }
  }
  return { loss, gradient };
}

/** An exponential takes about as long as this many multiplications. */
const EXPONENTIAL = 10;
const FEWEST_EVALUATIONS = 10;

/** Whether `logistic` ends within about two seconds; with thousands of classes it does not. */
export const affordsLogistic = ({ rows, columns }: Matrix, classes: number): boolean =>
  FEWEST_EVALUATIONS * rows * classes * (2 * columns + EXPONENTIAL) <= 3 * BUDGET;

/**
 * Weights (and constant) of each class, in the layout of `logistic`: ridge regression on the 0 and 1 of each class, all classes at once
 * by one Cholesky factorization of XᵀX + λ, the constants not penalized (Hastie, Tibshirani and Friedman, 4.2).
 */
export function leastSquares(x: Matrix, labels: Uint32Array, classes: number, lambda: number): Float64Array {
  const size = x.columns + 1;
  const factor = choleskyOf(x, lambda);
  const weights = new Float64Array(classes * size);
  for (let r = 0, at = 0; r < x.rows; r++, at += x.columns) {
    const w = labels[r] * size;
    for (let c = 0; c < x.columns; c++) weights[w + c] += x.values[at + c];
    weights[w + x.columns]++;
  }
  for (let k = 0; k < classes; k++) solve(factor, weights.subarray(k * size, (k + 1) * size));
  return weights;
}

/** The lower factor of XᵀX + λ, with a last row and column for the constant. */
function choleskyOf(x: Matrix, lambda: number): Float64Array {
  const size = x.columns + 1;
  const l = new Float64Array(size * size);
  for (let r = 0, at = 0; r < x.rows; r++, at += x.columns)
    for (let i = 0; i < size; i++) {
      const left = i === x.columns ? 1 : x.values[at + i];
      for (let j = 0; j <= i; j++) l[i * size + j] += left * (j === x.columns ? 1 : x.values[at + j]);
    }
  for (let i = 0; i < x.columns; i++) l[i * size + i] += lambda;
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = l[i * size + j];
      for (let k = 0; k < j; k++) sum -= l[i * size + k] * l[j * size + k];
      l[i * size + j] = i === j ? Math.sqrt(sum) : sum / l[j * size + j];
    }
  return l;
}

/** Solves L Lᵀ w = b, in place of b. */
function solve(l: Float64Array, b: Float64Array): void {
  const size = b.length;
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) b[i] -= l[i * size + k] * b[k];
    b[i] /= l[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) b[i] -= l[k * size + i] * b[k];
    b[i] /= l[i * size + i];
  }
}

const MEMORY = 10;

/** Weights (and constant) of each class, one class after the other, by L-BFGS with step halving. */
export function logistic(x: Matrix, labels: Uint32Array, classes: number, lambda: number): Float64Array {
  let weights = new Float64Array(classes * (x.columns + 1));
  let now = logisticLoss(x, labels, classes, lambda, weights);
  const past: { step: Float64Array; change: Float64Array; curvature: number }[] = [];
  const start = Math.sqrt(dot(now.gradient, now.gradient));
  const work = x.rows * classes * (2 * x.columns + EXPONENTIAL);
  let evaluations = Math.max(FEWEST_EVALUATIONS, Math.min(200, BUDGET / work));
  while (evaluations > 0 && Math.sqrt(dot(now.gradient, now.gradient)) > 1e-5 * start) {
    const direction = quasiNewton(now.gradient, past);
    const slope = dot(direction, now.gradient);
    let length = past.length === 0 ? Math.min(1, 1 / start) : 1;
    let tried = weights;
    let next = now;
    for (let halvings = 0; halvings < 20; halvings++, length /= 2) {
      tried = weights.slice();
      add(tried, length, direction);
      next = logisticLoss(x, labels, classes, lambda, tried);
      evaluations--;
      if (next.loss <= now.loss + 1e-4 * length * slope) break;
    }
    if (!(next.loss < now.loss)) break;
    const step = tried.map((value, i) => value - weights[i]);
    const change = next.gradient.map((value, i) => value - now.gradient[i]);
    const curvature = dot(step, change);
    if (curvature > 0) past.push({ step, change, curvature });
    if (past.length > MEMORY) past.shift();
    weights = tried;
    now = next;
  }
  return weights;
}

/** The negative gradient, corrected by the curvature of the last steps (Nocedal & Wright, algorithm 7.4). */
function quasiNewton(
  gradient: Float64Array,
  past: { step: Float64Array; change: Float64Array; curvature: number }[],
): Float64Array {
  const direction = gradient.map((value) => -value);
  const shares: number[] = [];
  for (const { step, change, curvature } of past.toReversed()) {
    const share = dot(step, direction) / curvature;
    shares.push(share);
    add(direction, -share, change);
  }
  const last = past.at(-1);
  if (last) {
    const scale = last.curvature / dot(last.change, last.change);
    for (let i = 0; i < direction.length; i++) direction[i] *= scale;
  }
  for (const { step, change, curvature } of past)
    add(direction, shares.pop()! - dot(change, direction) / curvature, step);
  return direction;
}
