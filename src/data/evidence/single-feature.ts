/** The single feature: how well the most predictive one predicts alone, compared with all others together. */
import { largest, smallest } from "../../lists.ts";
import type { Metric } from "../../plan/plan.ts";
import { PURPOSE, permutation, stream } from "../../random.ts";
import { type Dataset, isImages, product } from "../dataset.ts";
import { better } from "../metrics.ts";
import { type Prepared, rawOf } from "../prepare.ts";
import { featureGroups, momentsOf, picked, sampled, trainingRows } from "../rows.ts";
import { baselines } from "../simple/baselines.ts";

/** By the metric on the judged rows; `column` is the column of the source. */
type SingleFeature = { column: string; score: number; others: number };

/** So that the baselines are fitted within a second. */
const MOST_TRAIN = 2000;
/** A score to within some points. */
const MOST_JUDGED = 500;
/** Wide tables are evaluated on fewer rows, and only the most predictive of the other features are used. */
const MOST_CELLS = 5e4;
/** The most predictive of the other features, within a second. */
const MOST_OTHERS = 128;
/** A feature is chosen by so many neighbours on either side. */
const SIDE = 3;

export function singleFeature(dataset: Dataset, prepared: Prepared, metric: Metric): SingleFeature | undefined {
  if (isImages(dataset.table) || metric.name === "loss") return undefined;
  const size = product(prepared.shape);
  const most = Math.min(MOST_TRAIN, Math.floor(MOST_CELLS / Math.min(size, MOST_OTHERS)));
  const train = sampled(trainingRows(prepared), most, 14);
  const { std } = momentsOf(picked(dataset, train, size));
  const groups = featureGroups(dataset).filter(({ columns }) => columns.some((c) => std[c] > 0));
  if (groups.length < 2) return undefined;
  const evaluated = sampled(prepared.validation, MOST_JUDGED, 15);
  // The feature is chosen on training rows, so that the judged rows do not flatter it.
  const targets = standardTargets(prepared, train);
  const [chosen, ...rest] = groups
    .map((group) => ({ ...group, tells: explained(sorted(dataset, train, group.columns), targets) }))
    .sort((a, b) => b.tells - a.tells);
  const best = (columns: number[]): number => {
    const values = baselines(...narrowed(dataset, prepared, train, evaluated, columns), metric, false)
      .filter(({ name }) => name === "linear" || name === "k nearest neighbours")
      .map(({ value }) => value)
      .filter(Number.isFinite);
    return better(metric.name) === "higher" ? largest(values) : smallest(values);
  };
  const score = best(chosen.columns);
  const others = best(rest.flatMap(({ columns }) => columns).slice(0, MOST_OTHERS));
  return Number.isFinite(score) && Number.isFinite(others) ? { column: chosen.name, score, others } : undefined;
}

/** The data as if these rows and columns were all there is. */
function narrowed(
  dataset: Dataset,
  prepared: Prepared,
  train: Uint32Array,
  evaluated: Uint32Array,
  columns: number[],
): [Dataset, Prepared] {
  const { x } = rawOf(dataset);
  const size = product(prepared.shape);
  const rows = [...train, ...evaluated];
  const narrow = Float32Array.from({ length: rows.length * columns.length }, (_, i) => {
    const [r, c] = [Math.floor(i / columns.length), i % columns.length];
    return x[rows[r] * size + columns[c]];
  });
  const of = (values: Float32Array, width: number): Float32Array => {
    const some = new Float32Array(rows.length * width);
    rows.forEach((row, i) => {
      some.set(values.subarray(row * width, (row + 1) * width), i * width);
    });
    return some;
  };
  const at = (length: number, from: number): Uint32Array => Uint32Array.from({ length }, (_, i) => from + i);
  const shape = [columns.length];
  return [
    { ...dataset, table: { ...dataset.table, shape } },
    {
      ...prepared,
      x: narrow,
      shape,
      y: of(prepared.y, prepared.width),
      labels: prepared.labels && of(prepared.labels, 1),
      train: at(train.length, 0),
      validation: at(evaluated.length, train.length),
    },
  ];
}

type Targets = { width: number; values: Float64Array };

/** Classes one-hot, numbers by their spread; a missing one tells nothing. */
function standardTargets({ y, width, labels }: Prepared, rows: Uint32Array): Targets {
  if (labels) {
    const classes = [...new Set(Array.from(rows, (row) => labels[row]))].filter((label) => !Number.isNaN(label));
    const index = new Map(classes.map((label, k) => [label, k]));
    const values = new Float64Array(rows.length * classes.length);
    rows.forEach((row, i) => {
      const k = index.get(labels[row]);
      if (k !== undefined) values[i * classes.length + k] = 1;
    });
    return { width: classes.length, values };
  }
  const values = new Float64Array(rows.length * width);
  for (let c = 0; c < width; c++) {
    const column = Float64Array.from(rows, (row) => y[row * width + c]);
    const known = column.filter(Number.isFinite);
    const mean = known.reduce((a, b) => a + b, 0) / Math.max(1, known.length);
    const std = Math.sqrt(known.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, known.length));
    column.forEach((value, i) => {
      values[i * width + c] = Number.isFinite(value) && std > 0 ? (value - mean) / std : 0;
    });
  }
  return { width, values };
}

/** The rows in the order of a feature; of a category, block by block. Equal ones come in random order, whatever the file's. */
function sorted(dataset: Dataset, rows: Uint32Array, columns: number[]): Uint32Array {
  const { x } = rawOf(dataset);
  const size = product(dataset.table.shape);
  const key = Float64Array.from(rows, (row) => {
    const cells = columns.map((c) => x[row * size + c]);
    const value = columns.length === 1 ? cells[0] : cells.indexOf(1);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  });
  return permutation(rows.length, stream(0, PURPOSE.sample, 16)).sort((a, b) =>
    key[a] < key[b] ? -1 : key[a] > key[b] ? 1 : 0,
  );
}

/** The share of the targets' variance that the neighbours in this order explain, the row itself left out. */
function explained(order: Uint32Array, { width, values }: Targets): number {
  const n = order.length;
  let [error, whole] = [0, 0];
  for (let c = 0; c < width; c++) {
    const sums = new Float64Array(n + 1);
    for (let i = 0; i < n; i++) sums[i + 1] = sums[i] + values[order[i] * width + c];
    const mean = sums[n] / n;
    for (let i = 0; i < n; i++) {
      const [from, to] = [Math.max(0, i - SIDE), Math.min(n, i + SIDE + 1)];
      const own = values[order[i] * width + c];
      const near = (sums[to] - sums[from] - own) / Math.max(1, to - from - 1);
      error += (own - near) ** 2;
      whole += (own - mean) ** 2;
    }
  }
  return whole > 0 ? 1 - error / whole : 0;
}
