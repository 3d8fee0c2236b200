/** The errors by what is true: confusion of classes, labels, ranges of numbers, tokens and lengths. */
import { mean, wilson } from "../data/statistics.ts";
import { distinct } from "../data/target.ts";
import type { Context, JudgedRow } from "./evaluated.ts";

/** One class or label: its rows, those missed, and the 95 % interval of that share (Wilson). */
export type ClassErrors = {
  name: string;
  rows: number;
  missed: number;
  low: number;
  high: number;
  /** What its missed rows are called most often. */
  mostly: { name: string; rows: number } | null;
  /** A label: rows that it was wrongly given. */
  wrongly?: number;
};

/** Rows whose truth is from `from` to `to`: the mean of answer − truth, and the mean absolute error. */
export type RangeErrors = { column: string; from: number; to: number; rows: number; bias: number; mae: number };

export type Broken = {
  /** counts[truth][answer]; absent with more than 100 classes. */
  confusion?: { classes: string[]; counts: number[][] };
  /** Pairs of classes that are mixed up most often. */
  pairs?: { truth: string; answer: string; rows: number }[];
  /** The hardest first. */
  classes?: ClassErrors[];
  ranges?: RangeErrors[];
  /** Wrong tokens, the commonest first; `of`: how often the true one occurs. */
  tokens?: { truth: string; answer: string; times: number; of: number }[];
  lengths?: { length: number; rows: number; missed: number; tokensWrong: number }[];
};

const MOST_CLASSES = 100;
const MOST_PAIRS = 10;
const RANGES = 5;
const MOST_COLUMNS = 10;

export function brokenDown(rows: readonly JudgedRow[], { dataset }: Context): Broken {
  const { target } = dataset.table;
  if (target.kind === "classes") return byClass(rows, target.names, target.values);
  if (dataset.task === "multilabel")
    return { classes: target.columns.map((name, u) => byLabel(rows, name, u)).sort(harder) };
  if (target.kind === "tokens") return { tokens: byToken(rows, target.words), lengths: byLength(rows) };
  return { ranges: target.columns.slice(0, MOST_COLUMNS).flatMap((name, c) => byRange(rows, name, c)) };
}

const harder = (a: ClassErrors, b: ClassErrors): number => b.missed / b.rows - a.missed / a.rows || b.rows - a.rows;

/** What a network answers that is the number of no class is one of its own. */
function byClass(rows: readonly JudgedRow[], names: readonly string[], values: readonly number[]): Broken {
  const met = distinct(Float32Array.from(rows.flatMap(({ truth, answer }) => [truth[0], answer[0]])));
  const all = [...values, ...met.filter((value) => !values.includes(value))];
  const called = all.map((value, i) => names[i] ?? String(value));
  const place = new Map(all.map((value, i) => [value, i]));
  const counts = all.map(() => all.map(() => 0));
  for (const { truth, answer } of rows) {
    const notes = place.get(answer[0]);
    if (notes !== undefined) counts[place.get(truth[0])!][notes]++;
  }
  const pairs = counts.flatMap((row, t) =>
    row.flatMap((count, a) => (t !== a && count > 0 ? [{ truth: called[t], answer: called[a], rows: count }] : [])),
  );
  const classes = all.flatMap((value, t): ClassErrors[] => {
    const own = rows.filter(({ truth }) => truth[0] === value);
    const missed = own.filter(({ error }) => error > 0).length;
    if (own.length === 0) return [];
    const [most] = pairs.filter(({ truth }) => truth === called[t]).sort((a, b) => b.rows - a.rows);
    const mostly = most ? { name: most.answer, rows: most.rows } : null;
    return [{ name: called[t], rows: own.length, missed, ...wilson(missed / own.length, own.length), mostly }];
  });
  return {
    ...(all.length <= MOST_CLASSES && { confusion: { classes: called, counts } }),
    pairs: pairs.sort((a, b) => b.rows - a.rows).slice(0, MOST_PAIRS),
    classes: classes.sort(harder),
  };
}

/** `rows`: those that carry the label; `missed`: those of them that were not given it. */
function byLabel(rows: readonly JudgedRow[], name: string, u: number): ClassErrors {
  const own = rows.filter(({ truth }) => truth[u] === 1);
  const missed = own.filter(({ answer }) => answer[u] !== 1).length;
  const wrongly = rows.filter(({ truth, answer }) => truth[u] !== 1 && answer[u] === 1).length;
  const n = Math.max(1, own.length);
  return { name, rows: own.length, missed, ...wilson(missed / n, n), mostly: null, wrongly };
}

/** Fifths of the rows, by what is true. */
function byRange(rows: readonly JudgedRow[], column: string, c: number): RangeErrors[] {
  const sorted = rows.toSorted((a, b) => a.truth[c] - b.truth[c]);
  const parts = Math.min(RANGES, sorted.length);
  return Array.from({ length: parts }, (_, i) => {
    const own = sorted.slice(Math.floor((i * sorted.length) / parts), Math.floor(((i + 1) * sorted.length) / parts));
    const off = own.map(({ truth, answer }) => answer[c] - truth[c]);
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

function byToken(rows: readonly JudgedRow[], words: readonly string[]): NonNullable<Broken["tokens"]> {
  const wrong = new Map<string, { truth: number; answer: number; times: number }>();
  const occurs = new Map<number, number>();
  for (const { truth, answer } of rows)
    truth.forEach((token, k) => {
      occurs.set(token, (occurs.get(token) ?? 0) + 1);
      if (answer[k] === token) return;
      const key = `${token} ${answer[k]}`;
      const seen = wrong.get(key);
      if (seen) seen.times++;
      else wrong.set(key, { truth: token, answer: answer[k], times: 1 });
    });
  const word = (token: number) => (token === 0 ? "the end" : (words[token - 1] ?? String(token)));
  return [...wrong.values()]
    .sort((a, b) => b.times - a.times)
    .slice(0, MOST_PAIRS)
    .map(({ truth, answer, times }) => ({ truth: word(truth), answer: word(answer), times, of: occurs.get(truth)! }));
}

function byLength(rows: readonly JudgedRow[]): NonNullable<Broken["lengths"]> {
  const lengths = distinct(Float32Array.from(rows, ({ truth }) => truth.length));
  return lengths.map((length) => {
    const own = rows.filter(({ truth }) => truth.length === length);
    const wrong = own.reduce((sum, { truth, answer }) => sum + truth.filter((t, k) => answer[k] !== t).length, 0);
    const missed = own.filter(({ error }) => error > 0).length;
    return { length, rows: own.length, missed, tokensWrong: wrong / Math.max(1, length * own.length) };
  });
}
