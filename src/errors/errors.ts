/** Which evaluated rows are predicted incorrectly, and what they share: plain numbers, of one run or of several seeds of a plan. */

import { type Dataset, isImages, product, rowName, type SourceRow, sourceRow } from "../data/dataset.ts";
import { largest } from "../lists.ts";
import type { Condition } from "./attributes.ts";
import { type Broken, brokenDown } from "./breakdown.ts";
import { attributesOf, rowsOf, valuesOf } from "./described.ts";
import { type Context, type EvaluatedRow, type Evaluation, evaluatedRows } from "./evaluated.ts";
import { picture, rangeOf } from "./pictures.ts";
import { weakSlices } from "./slices.ts";

export type { Evaluation } from "./evaluated.ts";

type Value = string | number | null;

/** The row of the file, numbered as in data.drop. */
export type Mistake = SourceRow & {
  /** Regression of several columns: the one with the largest error. */
  column?: string;
  truth: string | number;
  answer: string | number;
  /** Predicted probability, 0 … 1. */
  confidence: number | null;
  values: Record<string, Value>;
  /** A small picture, as a data URI. */
  picture?: string;
};

export type ErrorSlice = {
  where: Condition[];
  rows: number;
  /** Classes and sequences: how many of its rows are predicted incorrectly. */
  missed?: number;
  /** Mean error in the slice and of all other rows: error rate, or absolute error. */
  error: number;
  rest: number;
  /** The p-value, corrected for all slices tested. */
  p: number;
  /** Rows of the file, numbered as in a mistake; the worst first, at most 20. */
  examples: number[];
  /** Their lines in a text file, from 1. */
  lines?: number[];
  /** Their files in a folder. */
  files?: string[];
  /** Images: the mean of the slice, then some that are predicted incorrectly. */
  pictures?: string[];
};

export type Errors = {
  task: Dataset["task"];
  split: "validation" | "training";
  /** Rows that were evaluated, each by one network, and how many networks that took. */
  rows: number;
  networks: number;
  /** Regression: rows whose prediction is not finite. */
  unanswered: number;
  /** Rows that are predicted incorrectly; null for regression. */
  missed: number | null;
  /** The most confident first; regression: the largest error first. */
  mistakes: Mistake[];
  slices: ErrorSlice[];
  /** How many slices were tested. */
  looked: number;
} & Broken;

/** How many mistakes are shown on a page, and how many are listed in JSON. Chosen by hand. */
const MOST = { mistakes: 24, columns: 12, examples: 20, pictures: 7 } as const;

/**
 * @param evaluations the networks of one plan, the representative one first; later ones add only the rows that none before was evaluated on.
 *
 * Null where there are no predictions because every training diverged.
 */
export function errorsOf(evaluations: Iterable<Evaluation>, context: Context, seed: number): Errors | null {
  const { dataset } = context;
  const { rows, networks, unanswered, split } = evaluatedRows(evaluations, context);
  if (rows.length === 0) return null;
  const errors = Float64Array.from(rows, ({ error }) => error);
  const search = weakSlices(errors, attributesOf(dataset, rows, seed), { pairs: !isImages(dataset.table), seed });
  const named = search.slices.flatMap(({ where }) => where.map(({ attribute }) => attribute));
  const broken = brokenDown(rows, context);
  const describe = describer(context, rows, named);
  const counted = dataset.task !== "regression";
  return {
    task: dataset.task,
    split,
    rows: rows.length,
    networks,
    unanswered,
    missed: counted ? rows.filter(({ error }) => error > 0).length : null,
    mistakes: worst(rows).slice(0, MOST.mistakes).map(describe.mistake),
    slices: search.slices.map((slice): ErrorSlice => {
      const own = slice.rows.map((i) => rows[i]);
      const bad = worst(own);
      const examples = bad.slice(0, MOST.examples).map(({ origin }) => sourceRow(dataset, origin));
      return {
        where: slice.where,
        rows: own.length,
        ...(counted && { missed: bad.length }),
        error: slice.error,
        rest: slice.rest,
        p: slice.p,
        examples: examples.map(({ row }) => row),
        ...(examples.every(({ line }) => line !== undefined) && { lines: examples.map(({ line }) => line!) }),
        ...(examples.some(({ file }) => file !== undefined) && { files: examples.map(rowName) }),
        ...(isImages(dataset.table) && {
          pictures: [describe.mean(own), ...bad.slice(0, MOST.pictures).map(describe.picture)],
        }),
      };
    }),
    looked: search.tested,
    ...broken,
  };
}

/** Rows predicted incorrectly, the most confident first; in a regression all, the largest error first. */
function worst(rows: readonly EvaluatedRow[]): EvaluatedRow[] {
  const wrong = (row: EvaluatedRow) =>
    row.predicted.filter((token, k) => token !== row.truth[k]).length / row.predicted.length;
  return rows
    .filter(({ error }) => error > 0)
    .sort((a, b) => b.error - a.error || (b.confidence ?? 0) - (a.confidence ?? 0) || wrong(b) - wrong(a));
}

function describer({ dataset, tokens }: Context, rows: readonly EvaluatedRow[], first: readonly string[]) {
  const { table, task } = dataset;
  const { target, shape } = table;
  const images = isImages(table);
  const rowOf = rowsOf(dataset);
  const image = ({ origin }: EvaluatedRow) => rowOf(origin);
  const range = images ? rangeOf(rows.slice(0, RANGED).map(image)) : ([0, 1] as const);
  const values = valuesOf(dataset, MOST.columns, first);
  const words = wordsOf(dataset, tokens);
  return {
    picture: (row: EvaluatedRow) => picture(image(row), shape, range),
    mean: (own: readonly EvaluatedRow[]) => {
      const sum = new Float32Array(product(shape));
      for (const row of own) for (const [i, value] of image(row).entries()) sum[i] += value / own.length;
      return picture(sum, shape, range);
    },
    mistake: (row: EvaluatedRow): Mistake => {
      const off = row.truth.map((truth, c) => Math.abs(row.predicted[c] - truth));
      const column = task === "regression" ? off.indexOf(largest(off)) : 0;
      const text = (of: number[]) => (task === "regression" ? of[column] : words(of));
      return {
        ...sourceRow(dataset, row.origin),
        ...(task === "regression" && row.truth.length > 1 && { column: target.columns[column] }),
        truth: text(row.truth),
        answer: text(row.predicted),
        confidence: row.confidence,
        values: values(row.origin),
        ...(images && { picture: picture(image(row), shape, range) }),
      };
    },
  };
}

/** Enough images to find the values of black and white. */
const RANGED = 200;

/** A true or predicted value in words: the class, the labels that are set, the text. */
function wordsOf({ table: { target }, task }: Dataset, tokens: Context["tokens"]): (of: number[]) => string {
  if (target.kind === "classes") return ([value]) => target.names[target.values.indexOf(value)] ?? String(value);
  if (task === "multilabel") return (of) => target.columns.filter((_, u) => of[u] === 1).join(", ") || "none";
  const words = target.kind === "tokens" ? target.words : [];
  return (of) => of.map((token) => words[token - 1] ?? "�").join(tokens === "word" ? " " : "");
}
