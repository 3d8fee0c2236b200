/** Groups: a column that is no feature, or should be none, shows which rows belong together, and the network is evaluated on rows of groups that it was trained on. */
import { append, largest, smallest } from "../../lists.ts";
import type { Metric } from "../../plan/plan.ts";
import { PURPOSE, permutation, stream } from "../../random.ts";
import type { Dataset } from "../dataset.ts";
import { better } from "../metrics.ts";
import type { Prepared } from "../prepare.ts";
import { levelled, momentsOf, picked, sampled, trainingRows } from "../rows.ts";
import { baselines } from "../simple/baselines.ts";
import type { Matrix } from "../simple/solvers.ts";
import { mean } from "../statistics.ts";

type Groups = {
  column: string;
  groups: number;
  /** Share of the judged rows whose nearest training row, of those with the same target, is of their own group; and by chance. */
  nearest: number;
  chance: number;
  /** By the metric, the better simple predictor: of rows left out at random, and of whole groups left out. */
  score: number;
  apart: number;
};

/** Fewer groups are conditions (islands, sites), whose absence changes the task. */
const FEWEST = 20;
/** Agreement beyond chance, (share − chance) / (1 − chance), is "substantial" from here on (Landis and Koch, 1977). */
const SUBSTANTIAL = 0.6;
/** Words for those whom rows belong to. Chosen by hand. */
const NAMED =
  /(^|[^a-z])(id|patient|subject|person|participant|user|customer|client|session|household|family|speaker|group|store)s?([^a-z]|$)/i;
/** So that it is over within some tenths of a second. */
const MOST_COLUMNS = 64;
/** So that it is over within some tenths of a second, and is a share to within some points. */
const [MOST_JUDGED, LEAST_JUDGED] = [500, 100];
/** Subtractions that may be spent: some tenths of a second. */
const BUDGET = 1.5e8;
/** Numbers are compared with those of the same tenth. */
const TENTHS = 10;
/** So that the baselines are fitted within a second. */
const [FOLDS, MOST_SCORED] = [4, 1000];

/** The column whose groups are most alike; undefined where the rows of no column's groups are. */
export function groups(dataset: Dataset, prepared: Prepared, metric: Metric): Groups | undefined {
  const candidates = [...Object.entries(dataset.groups), ...namedFeatures(dataset)].filter(([, of]) => {
    const count = new Set(of).size;
    return count >= FEWEST && 2 * count <= of.length;
  });
  const own = prepared.validation.filter((row) => row < dataset.table.rows);
  if (candidates.length === 0 || own.length === 0 || metric.name === "loss") return undefined;
  const train = trainingRows(prepared);
  const most = Math.max(LEAST_JUDGED, Math.min(MOST_JUDGED, BUDGET / (train.length * MOST_COLUMNS)));
  const evaluated = sampled(own, Math.floor(most), 31);
  const [known, asked] = [train, evaluated].map((rows) => picked(dataset, rows, MOST_COLUMNS));
  levelled(momentsOf(known), [known, asked], true);
  const kind = kindsOf(prepared);
  const some = Array.from({ length: known.columns }, (_, c) => c).filter((c) => c % stride(known.columns) === 0);
  const agree = (of: Uint32Array, columns: number[]) =>
    agreement(of, { known, train, asked, evaluated, kind }, columns);
  const ranked = candidates
    .map(([column, of]) => ({ column, of, ...agree(of, some) }))
    .filter(({ beyond }) => beyond >= SUBSTANTIAL)
    .sort((a, b) => b.beyond - a.beyond);
  for (const { column, of } of ranked) {
    // What is told of the group as a whole (the taxes of a town) makes its rows no copies of each other.
    const found = agree(of, differing(known, train, of, some));
    if (found.beyond < SUBSTANTIAL) continue;
    const { nearest, chance } = found;
    return { column, groups: new Set(of).size, nearest, chance, ...scores(dataset, prepared, metric, of) };
  }
  return undefined;
}

/** Features of whole numbers whose name says that they are none. */
function namedFeatures({ table }: Dataset): [string, Uint32Array][] {
  const { x, rows, features } = table;
  return features.flatMap((name, c): [string, Uint32Array][] => {
    if (!NAMED.test(name.replace(/([a-z])([A-Z])/g, "$1 $2"))) return [];
    const numbers = new Map<number, number>();
    const of = new Uint32Array(rows);
    for (let row = 0; row < rows; row++) {
      const value = x[row * features.length + c];
      if (!Number.isInteger(value)) return [];
      const known = numbers.get(value) ?? numbers.size;
      numbers.set(value, known);
      of[row] = known;
    }
    return [[name, of]];
  });
}

const stride = (columns: number): number => Math.ceil(columns / MOST_COLUMNS);

/** Rows with equal targets: the class, the labels together, or the tenth of the first number. */
function kindsOf({ y, width, labels }: Prepared): (row: number) => string {
  if (labels) return (row) => String(labels[row]);
  const first = Float32Array.from({ length: y.length / width }, (_, row) => y[row * width]);
  if (new Set(first).size <= 2) return (row) => y.subarray(row * width, (row + 1) * width).join();
  const rising = first.filter(Number.isFinite).sort();
  const ends = Array.from({ length: TENTHS - 1 }, (_, k) => rising[Math.floor(((k + 1) * rising.length) / TENTHS)]);
  return (row) => String(ends.filter((end) => first[row] >= end).length);
}

type Rows = { known: Matrix; train: Uint32Array; asked: Matrix; evaluated: Uint32Array; kind: (row: number) => string };

/** How often the nearest training row with the same target is of the own group, how often by chance, and the part beyond it. */
function agreement(
  of: Uint32Array,
  { known, train, asked, evaluated, kind }: Rows,
  columns: readonly number[],
): { nearest: number; chance: number; beyond: number } {
  const alike = new Map<string, number[]>();
  train.forEach((row, i) => {
    const same = alike.get(kind(row));
    if (same) same.push(i);
    else alike.set(kind(row), [i]);
  });
  let [hits, expected, rows] = [0, 0, 0];
  evaluated.forEach((row, j) => {
    const same = alike.get(kind(row));
    if (!same || columns.length === 0) return;
    let [least, first, fellows] = [Number.POSITIVE_INFINITY, -1, 0];
    for (const i of same) {
      if (of[train[i]] === of[row]) fellows++;
      let sum = 0;
      for (const c of columns) sum += (known.values[i * known.columns + c] - asked.values[j * asked.columns + c]) ** 2;
      if (sum < least) [least, first] = [sum, i];
    }
    rows++;
    expected += fellows / same.length;
    if (first >= 0 && of[train[first]] === of[row]) hits++;
  });
  const [nearest, chance] = [hits / Math.max(1, rows), expected / Math.max(1, rows)];
  return { nearest, chance, beyond: chance < 1 ? (nearest - chance) / (1 - chance) : 0 };
}

/** The columns in which rows of one group that follow each other mostly differ. */
function differing({ values, columns }: Matrix, train: Uint32Array, of: Uint32Array, some: number[]): number[] {
  const last = new Map<number, number>();
  const pairs = Array.from(train.keys()).flatMap((i) => {
    const before = last.get(of[train[i]]);
    last.set(of[train[i]], i);
    return before === undefined ? [] : [[before, i]];
  });
  return some.filter((c) => {
    const equal = pairs.filter(([a, b]) => values[a * columns + c] === values[b * columns + c]).length;
    return 2 * equal <= pairs.length;
  });
}

/** Out-of-fold scores of whole groups, dealt to the folds at random and row by row. */
function scores(
  dataset: Dataset,
  prepared: Prepared,
  metric: Metric,
  of: Uint32Array,
): { score: number; apart: number } {
  const usable = new Set([...prepared.train, ...prepared.validation].filter((row) => row < dataset.table.rows));
  const members = new Map<number, number[]>();
  for (const row of [...usable].sort((a, b) => a - b)) members.set(of[row], [...(members.get(of[row]) ?? []), row]);
  const all = [...members.values()];
  const order = Array.from(permutation(all.length, stream(0, PURPOSE.sample, 32)), (i) => all[i]);
  const folds: number[][] = Array.from({ length: FOLDS }, () => []);
  let taken = 0;
  for (const group of order) {
    if (taken >= MOST_SCORED) break;
    append(
      folds.reduce((a, b) => (b.length < a.length ? b : a)),
      group,
    );
    taken += group.length;
  }
  const rows = folds.flat();
  const mixed = Array.from(permutation(rows.length, stream(0, PURPOSE.sample, 33)), (i) => rows[i]);
  const atRandom = folds.map((_, k) => mixed.filter((_, i) => i % FOLDS === k));
  const best = (parts: number[][]): number => {
    const told = parts.map((part, k) => {
      const train = Uint32Array.from(parts.flatMap((other, o) => (o === k ? [] : other))).sort();
      return baselines(dataset, { ...prepared, train, validation: Uint32Array.from(part).sort() }, metric).slice(1);
    });
    const means = (told[0] ?? []).map((_, b) => mean(told.map((one) => one[b].value)));
    return better(metric.name) === "higher" ? largest(means) : smallest(means);
  };
  return { score: best(atRandom), apart: best(folds) };
}
