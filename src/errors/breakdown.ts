/** The errors by true value: confusion matrix, labels, ranges of numbers, tokens and lengths. */
import { mean, wilson } from "../data/statistics.ts";
import { distinct } from "../data/target.ts";
import type { Context, EvaluatedRow } from "./evaluated.ts";

/** One class or label: its rows, those predicted incorrectly, and the 95 % interval of that share (Wilson). */
type ClassErrors = {
  name: string;
  rows: number;
  missed: number;
  low: number;
  high: number;
  /** The class that is most often predicted instead. */
  mostly: { name: string; rows: number } | null;
  /** The false positives of a label (multilabel). */
  wrongly?: number;
};

/** Rows whose true value is from `from` to `to`: the mean of prediction − truth, and the mean absolute error. */
type RangeErrors = { column: string; from: number; to: number; rows: number; bias: number; mae: number };

export type Broken = {
  /** counts[true class][predicted class]; absent with more than 100 classes. */
  confusion?: { classes: string[]; counts: number[][] };
  /** The pairs of classes that are confused most often. */
  pairs?: { truth: string; answer: string; rows: number }[];
  /** The highest error rate first. */
  classes?: ClassErrors[];
  ranges?: RangeErrors[];
  /** Incorrectly predicted tokens, the most frequent first; `of`: how often the true token occurs. */
  tokens?: { truth: string; answer: string; times: number; of: number }[];
  lengths?: { length: number; rows: number; missed: number; tokensWrong: number }[];
};

const MOST_CLASSES = 100;
const MOST_PAIRS = 10;
const RANGES = 5;
const MOST_COLUMNS = 10;

export function brokenDown(rows: readonly EvaluatedRow[], { dataset }: Context): Broken {
  const { target } = dataset.table;
  if (target.kind === "classes") return byClass(rows, target.names, target.values);
  if (dataset.task === "multilabel")
    return { classes: target.columns.map((name, u) => byLabel(rows, name, u)).sort(harder) };
  if (target.kind === "tokens") return { tokens: byToken(rows, target.words), lengths: byLength(rows) };
  return { ranges: target.columns.slice(0, MOST_COLUMNS).flatMap((name, c) => byRange(rows, name, c)) };
}

const harder = (a: ClassErrors, b: ClassErrors): number => b.missed / b.rows - a.missed / a.rows || b.rows - a.rows;

/** A predicted number that is not one of the classes counts as a class of its own. */
function byClass(rows: readonly EvaluatedRow[], names: readonly string[], values: readonly number[]): Broken {
  const met = distinct(Float32Array.from(rows.flatMap(({ truth, predicted }) => [truth[0], predicted[0]])));
  const all = [...values, ...met.filter((value) => !values.includes(value))];
  const classNames = all.map((value, i) => names[i] ?? String(value));
  const place = new Map(all.map((value, i) => [value, i]));
  const counts = all.map(() => all.map(() => 0));
  for (const { truth, predicted } of rows) {
    const column = place.get(predicted[0]);
    if (column !== undefined) counts[place.get(truth[0])!][column]++;
  }
  const pairs = counts.flatMap((row, t) =>
    row.flatMap((count, a) =>
      t !== a && count > 0 ? [{ truth: classNames[t], answer: classNames[a], rows: count }] : [],
    ),
  );
  const classes = all.flatMap((value, t): ClassErrors[] => {
    const own = rows.filter(({ truth }) => truth[0] === value);
    const missed = own.filter(({ error }) => error > 0).length;
    if (own.length === 0) return [];
    const [most] = pairs.filter(({ truth }) => truth === classNames[t]).sort((a, b) => b.rows - a.rows);
    const mostly = most ? { name: most.answer, rows: most.rows } : null;
    return [{ name: classNames[t], rows: own.length, missed, ...wilson(missed / own.length, own.length), mostly }];
  });
  return {
    ...(all.length <= MOST_CLASSES && { confusion: { classes: classNames, counts } }),
    pairs: pairs.sort((a, b) => b.rows - a.rows).slice(0, MOST_PAIRS),
    classes: classes.sort(harder),
  };
}

/** `rows`: those with the label; `missed`: its false negatives. */
function byLabel(rows: readonly EvaluatedRow[], name: string, u: number): ClassErrors {
  const own = rows.filter(({ truth }) => truth[u] === 1);
  const missed = own.filter(({ predicted }) => predicted[u] !== 1).length;
  const wrongly = rows.filter(({ truth, predicted }) => truth[u] !== 1 && predicted[u] === 1).length;
  const n = Math.max(1, own.length);
  return { name, rows: own.length, missed, ...wilson(missed / n, n), mostly: null, wrongly };
}

/** Fifths of the rows, by true value. */
function byRange(rows: readonly EvaluatedRow[], column: string, c: number): RangeErrors[] {
  const sorted = rows.toSorted((a, b) => a.truth[c] - b.truth[c]);
  const parts = Math.min(RANGES, sorted.length);
  return Array.from({ length: parts }, (_, i) => {
    const own = sorted.slice(Math.floor((i * sorted.length) / parts), Math.floor(((i + 1) * sorted.length) / parts));
    const off = own.map(({ truth, predicted }) => predicted[c] - truth[c]);
    return {
      column,
      from: own[0].truth[c],
      to: own.at(-1)!.truth[c],
      rows: own.length,
      bias: mean(off),
      mae: mean(off.map(Math.abs)),
    };
  });
}

function byToken(rows: readonly EvaluatedRow[], words: readonly string[]): NonNullable<Broken["tokens"]> {
  const wrong = new Map<string, { truth: number; answer: number; times: number }>();
  const occurs = new Map<number, number>();
  for (const { truth, predicted } of rows)
    truth.forEach((token, k) => {
      occurs.set(token, (occurs.get(token) ?? 0) + 1);
      if (predicted[k] === token) return;
      const key = `${token} ${predicted[k]}`;
      const known = wrong.get(key);
      if (known) known.times++;
      else wrong.set(key, { truth: token, answer: predicted[k], times: 1 });
    });
  const word = (token: number) => (token === 0 ? "the end" : (words[token - 1] ?? String(token)));
  return [...wrong.values()]
    .sort((a, b) => b.times - a.times)
    .slice(0, MOST_PAIRS)
    .map(({ truth, answer, times }) => ({ truth: word(truth), answer: word(answer), times, of: occurs.get(truth)! }));
}

function byLength(rows: readonly EvaluatedRow[]): NonNullable<Broken["lengths"]> {
  const lengths = distinct(Float32Array.from(rows, ({ truth }) => truth.length));
  return lengths.map((length) => {
    const own = rows.filter(({ truth }) => truth.length === length);
    const wrong = own.reduce((sum, { truth, predicted }) => sum + truth.filter((t, k) => predicted[k] !== t).length, 0);
    const missed = own.filter(({ error }) => error > 0).length;
    return { length, rows: own.length, missed, tokensWrong: wrong / Math.max(1, length * own.length) };
  });
}
