/** Gradient boosted trees on histograms (Friedman 2001; Ke et al. 2017), small: a baseline that can learn steps and interactions. */
import { upTo } from "../../random.ts";
import type { Matrix } from "./solvers.ts";

/** The defaults of scikit-learn's HistGradientBoosting, but fewer and therefore larger steps. */
const [ROUNDS, RATE, LEAVES, LEAST_ROWS] = [50, 0.2, 31, 20];
/** The most bins of each column: for so few rows, scikit-learn's 255 would not be better. */
const BINS = 64;
/** The most cells and bins, which are summed within about half a second. */
const BUDGET = 1e8;
/** The fewest rounds: fewer are not useful. */
const FEWEST_ROUNDS = 10;
/** The least sum of second derivatives, against a division by 0, as in scikit-learn. */
const LEAST_HESSIAN = 1e-3;

/** Gradient and second derivative of the loss of each row, with respect to its output. */
export type Slope = (outputs: Float64Array, gradient: Float64Array, hessian: Float64Array) => void;

type Node = { column: number; bin: number; left: number; right: number; value: number };
type Binned = { codes: Uint8Array; edges: Float64Array[] };

/** The quantiles of each column that separate its bins; a cell's code is the number of edges below it. */
function binned({ rows, columns, values }: Matrix): Binned {
  const edges = Array.from({ length: columns }, (_, c) => {
    const sorted = Float64Array.from({ length: rows }, (_, i) => values[i * columns + c]).sort();
    const cuts = new Set<number>();
    for (let b = 1; b < BINS; b++) {
      const at = Math.floor((b * rows) / BINS);
      if (at > 0 && sorted[at] > sorted[0]) cuts.add(sorted[at]);
    }
    return Float64Array.from(cuts);
  });
  return { codes: coded({ rows, columns, values }, edges), edges };
}

function coded({ rows, columns, values }: Matrix, edges: readonly Float64Array[]): Uint8Array {
  const codes = new Uint8Array(rows * columns);
  for (let i = 0; i < codes.length; i++) {
    const cuts = edges[i % columns];
    let [low, high] = [0, cuts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[i] >= cuts[middle]) low = middle + 1;
      else high = middle;
    }
    codes[i] = low;
  }
  return codes;
}

/** The rows `order[from … to)`. */
type Leaf = { node: number; from: number; to: number; split: Split | null; sums: Float64Array };
type Split = { gain: number; column: number; bin: number };

/** Gradients, second derivatives and rows in each bin of each column. */
function binSums(codes: Uint8Array, columns: number, rows: Uint32Array, { gradient, hessian }: Slopes): Float64Array {
  const sums = new Float64Array(columns * BINS * 3);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const g = gradient[row];
    const h = hessian[row];
    for (let c = 0, at = row * columns; c < columns; c++, at++) {
      const bin = (c * BINS + codes[at]) * 3;
      sums[bin] += g;
      sums[bin + 1] += h;
      sums[bin + 2]++;
    }
  }
  return sums;
}

/** The split of some rows that lowers the loss most, from the sums of each bin and of all. */
function bestSplit({ edges }: Binned, sums: Float64Array, rows: number, g: number, h: number): Split | null {
  if (rows < 2 * LEAST_ROWS) return null;
  let best: Split | null = null;
  for (let c = 0; c < edges.length; c++) {
    let [left, weight, count] = [0, 0, 0];
    for (let b = 0; b < edges[c].length; b++) {
      const bin = (c * BINS + b) * 3;
      left += sums[bin];
      weight += sums[bin + 1];
      count += sums[bin + 2];
      if (count < LEAST_ROWS) continue;
      if (rows - count < LEAST_ROWS) break;
      if (weight < LEAST_HESSIAN || h - weight < LEAST_HESSIAN) continue;
      const gain = left ** 2 / weight + (g - left) ** 2 / (h - weight) - g ** 2 / h;
      if (gain > (best?.gain ?? 1e-9)) best = { gain, column: c, bin: b };
    }
  }
  return best;
}

type Slopes = { gradient: Float64Array; hessian: Float64Array };

/** A tree grown leaf by leaf, the best split first. */
function grown(bins: Binned, rows: number, slopes: Slopes): Node[] {
  const { codes, edges } = bins;
  const columns = edges.length;
  const order = upTo(rows);
  const nodes: Node[] = [];
  const leafOf = (from: number, to: number, sums: Float64Array): Leaf => {
    let [g, h] = [0, 0];
    for (let i = from; i < to; i++) {
      g += slopes.gradient[order[i]];
      h += slopes.hessian[order[i]];
    }
    nodes.push({ column: -1, bin: 0, left: 0, right: 0, value: (-RATE * g) / Math.max(h, LEAST_HESSIAN) });
    return { node: nodes.length - 1, from, to, split: bestSplit(bins, sums, to - from, g, h), sums };
  };
  const leaves = [leafOf(0, rows, binSums(codes, columns, order, slopes))];
  while (leaves.length < LEAVES) {
    const next = leaves.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a));
    if (!next.split) break;
    const { column, bin } = next.split;
    const own = order.slice(next.from, next.to);
    const goesLeft = (row: number) => codes[row * columns + column] <= bin;
    const [lower, upper] = [own.filter(goesLeft), own.filter((row) => !goesLeft(row))];
    const middle = next.from + lower.length;
    order.set(lower, next.from);
    order.set(upper, middle);
    // The sums of the larger part are those of both parts minus those of the smaller one.
    const fewer = lower.length < upper.length;
    const [less, rest] = [binSums(codes, columns, fewer ? lower : upper, slopes), next.sums];
    for (let i = 0; i < rest.length; i++) rest[i] -= less[i];
    const left = leafOf(next.from, middle, fewer ? less : rest);
    const right = leafOf(middle, next.to, fewer ? rest : less);
    Object.assign(nodes[next.node], { column, bin, left: left.node, right: right.node });
    leaves.splice(leaves.indexOf(next), 1, left, right);
  }
  return nodes;
}

function prediction(nodes: readonly Node[], codes: Uint8Array, at: number): number {
  let node = nodes[0];
  while (node.column >= 0) node = nodes[codes[at + node.column] <= node.bin ? node.left : node.right];
  return node.value;
}

/** A tree sums every cell once per level, and all bins of a column for each leaf and its parents. */
const roundsFor = ({ rows, columns }: Matrix, width: number): number => {
  const tree = columns * (rows * Math.log2(LEAVES) + 2 * LEAVES * 3 * BINS);
  return Math.min(ROUNDS, Math.floor(BUDGET / (tree * width)));
};

/** Whether the trees can be fitted within about half a second, and there are enough rows for a tree. */
export const fitting = (train: Matrix, width: number): boolean =>
  train.rows >= 4 * LEAST_ROWS && roundsFor(train, width) >= FEWEST_ROUNDS;

/**
 * Outputs (rows × width) for the evaluated rows, from trees fitted to the training rows: one per round for every output.
 * @param start the initial value of each output, before the first tree.
 * @param slope writes the derivatives of the loss with respect to the outputs (training rows × width).
 */
export function boosted(train: Matrix, evaluated: Matrix, start: ArrayLike<number>, slope: Slope): Float64Array {
  const { columns, rows } = train;
  const width = start.length;
  const bins = binned(train);
  const { codes, edges } = bins;
  const other = coded(evaluated, edges);
  const filled = (count: number) => Float64Array.from({ length: count * width }, (_, i) => start[i % width]);
  const [own, outputs] = [filled(rows), filled(evaluated.rows)];
  const [gradient, hessian] = [new Float64Array(own.length), new Float64Array(own.length)];
  const slopes = { gradient: new Float64Array(rows), hessian: new Float64Array(rows) };
  const rounds = roundsFor(train, width);
  for (let round = 0; round < rounds; round++) {
    slope(own, gradient, hessian);
    for (let k = 0; k < width; k++) {
      for (let i = 0; i < rows; i++) {
        slopes.gradient[i] = gradient[i * width + k];
        slopes.hessian[i] = hessian[i * width + k];
      }
      const nodes = grown(bins, rows, slopes);
      for (let i = 0; i < rows; i++) own[i * width + k] += prediction(nodes, codes, i * columns);
      for (let i = 0; i < evaluated.rows; i++) outputs[i * width + k] += prediction(nodes, other, i * columns);
    }
  }
  return outputs;
}
