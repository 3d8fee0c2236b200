/** Wrong predictions on the page: the confusion matrix, the most confident mistakes, what they share. */

import { rowName } from "../../data/dataset.ts";
import type { ErrorSlice, Mistake } from "../../errors/errors.ts";
import { capital, count, number, percent } from "../../words.ts";
import type { ReportErrors } from "../errors.ts";
import { interval } from "../format.ts";
import { meanErrors, missedText, mistakeText, next, slicePart, sliceText } from "../words-errors.ts";
import { table } from "./chart.ts";
import { type Child, h, type Node, tied } from "./h.ts";
import { pictures } from "./pictures.ts";

export const ERRORS_STYLE = `
.confusion td{text-align:right;min-width:2.6rem;background:color-mix(in srgb,var(--c) var(--share),transparent)}
.confusion td.right{--c:var(--after)}.confusion td.wrong{--c:var(--bad)}
.confusion thead th{text-align:right;min-width:2.6rem;vertical-align:bottom}
.confusion td{white-space:nowrap;padding-left:.4rem}
.confusion thead th:first-child{text-align:left}
.confusion tbody th{white-space:nowrap}
.shared{border-left:4px solid var(--bad);padding:.15rem 0 .15rem 1.1rem}
.shared>*+*{margin-top:.5rem}
`;

/** Nobody reads a matrix of more classes; the pairs that are confused most often stand in its place. */
const MOST_CLASSES = 25;

/** @param elsewhere what the page shows already: how many are wrong and what they share as its headline, each class. */
export function errorsSection(errors: ReportErrors, elsewhere: { headline?: boolean; classes?: boolean } = {}): Node {
  const { slices, missed } = errors;
  const sentences = [missedText(errors), slices.length === 0 && missed !== 0 && errors.collect].filter(Boolean);
  return h(
    "div",
    null,
    !elsewhere.headline && h("p", null, tied(sentences.join(" "))),
    slices.length > 0 && [
      slices.map((slice, i) => shared(slice, errors, i > 0)),
      !elsewhere.headline && h("p", null, `${capital(next(errors))}.`),
      h(
        "p",
        { class: "aside" },
        `The p-values are corrected for all ${count(errors.looked, "slice")} tested (Westfall & Young).`,
      ),
    ],
    confusion(errors),
    !elsewhere.classes && hardest(errors),
    byRange(errors),
    byToken(errors),
    mistakes(errors),
  );
}

function shared(slice: ErrorSlice, errors: ReportErrors, later: boolean): Node {
  const wrong =
    slice.missed === undefined
      ? ""
      : `, with ${count(slice.missed)} of the ${count(errors.missed ?? 0, "wrong prediction")}`;
  const names = slice.files ?? slice.examples.map((row, i) => rowName({ row, line: slice.lines?.[i] }));
  const [middle, ...some] = slice.pictures ?? [];
  return h(
    "div",
    { class: "shared" },
    h("h3", null, capital(sliceText(slice))),
    h("p", null, tied(`${count(slice.rows, later ? "other row" : "row")}${wrong}: ${slicePart(slice, errors)}.`)),
    middle
      ? pictures([
          { src: middle, alt: "The mean of these images", says: "mean" },
          ...some.map((src, i) => ({ src, alt: `Predicted incorrectly: ${names[i]}`, says: names[i] })),
        ])
      : h("p", { class: "aside" }, `${capital(names.join(", "))}${more(slice)}`),
  );
}

const more = ({ examples, missed, rows }: ErrorSlice): string => {
  const rest = (missed ?? rows) - examples.length;
  return rest > 0 ? ` and ${count(rest)} more.` : ".";
};

function confusion({ confusion: matrix, pairs = [] }: ReportErrors): Child {
  if (!matrix || matrix.classes.length > MOST_CLASSES)
    return (
      pairs.length > 0 &&
      table(
        "Classes confused most often",
        ["true class", "predicted class", "rows"],
        pairs.map(({ truth, answer, rows }) => [truth, answer, count(rows)]),
      )
    );
  const { classes, counts } = matrix;
  const name = "Confusion matrix: a row for each true class, a column for each predicted class";
  const cell = (n: number, t: number, a: number) => {
    const share =
      n /
      Math.max(
        1,
        counts[t].reduce((sum, v) => sum + v, 0),
      );
    // Few of many would not be seen: the shade grows with the root of the share.
    const shade = `--share:${Math.round(50 * Math.sqrt(share))}%`;
    return h("td", { class: t === a ? "right" : "wrong", style: shade }, n === 0 ? "" : count(n));
  };
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": name },
    h(
      "table",
      { class: "confusion" },
      h("caption", null, name),
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          h("th", { scope: "col" }, "true \\ predicted"),
          classes.map((c) => h("th", { scope: "col" }, c)),
        ),
      ),
      h(
        "tbody",
        null,
        counts.map((row, t) =>
          h(
            "tr",
            null,
            h("th", { scope: "row" }, classes[t]),
            row.map((n, a) => cell(n, t, a)),
          ),
        ),
      ),
    ),
  );
}

function hardest({ classes = [], task }: ReportErrors): Child {
  const hard = classes.filter(({ missed, wrongly = 0 }) => missed + wrongly > 0);
  if (hard.length === 0) return null;
  const labels = task === "multilabel";
  return table(
    labels ? "Error rate by label" : "Error rate by class",
    [
      labels ? "label" : "class",
      "rows",
      labels ? "false negatives" : "wrong",
      "error rate",
      "95 % CI",
      labels ? "false positives" : "most often predicted as",
    ],
    hard.map(({ name, rows, missed, low, high, mostly, wrongly }) => [
      name,
      count(rows),
      count(missed),
      rows > 0 ? percent(missed / rows) : "",
      rows > 0 ? interval("accuracy", { low, high }) : "",
      wrongly === undefined ? (mostly ? `${mostly.name} (${count(mostly.rows)})` : "") : count(wrongly),
    ]),
  );
}

function byRange(errors: ReportErrors): Child {
  return meanErrors(errors).map(({ column }) =>
    table(
      `Error by true value of ${column}; bias is the mean of prediction − true value`,
      ["true value", "rows", "bias", "mean absolute error"],
      (errors.ranges ?? [])
        .filter((range) => range.column === column)
        .map(({ from, to, rows, bias, mae }) => [
          `${number(from)} … ${number(to)}`,
          count(rows),
          `${bias > 0 ? "+" : ""}${number(bias)}`,
          number(mae),
        ]),
    ),
  );
}

function byToken({ tokens = [], lengths = [] }: ReportErrors): Child {
  return [
    tokens.length > 0 &&
      table(
        "Most common token errors",
        ["true", "predicted", "times", "of"],
        tokens.map(({ truth, answer, times, of }) => [truth, answer, count(times), count(of)]),
      ),
    lengths.length > 0 &&
      table(
        "Errors by length of the target",
        ["tokens", "rows", "wrong rows", "wrong tokens"],
        lengths.map(({ length, rows, missed, tokensWrong }) => [
          count(length),
          count(rows),
          count(missed),
          percent(tokensWrong),
        ]),
      ),
  ];
}

type Place = { row: number; line?: number; file?: string };
const inLines = (all: readonly Place[]): boolean => all.some(({ line, file }) => line !== undefined && !file);

/** The columns that name a row: its file, or its number from 1 and its line. */
export const placeHead = (all: readonly Place[]): string[] => (inLines(all) ? ["row", "line"] : ["row"]);
export const placeCells = ({ row, line, file }: Place, all: readonly Place[]): string[] => [
  file ?? count(row + 1),
  ...(inLines(all) ? [line === undefined ? "" : count(line)] : []),
];

function mistakes({ mistakes: all, missed }: ReportErrors): Child {
  if (all.length === 0) return null;
  const heading = missed === null ? "Largest errors" : "Most confident mistakes";
  if (all[0].picture) return h("div", null, h("h3", null, heading), pictures(all.map(pictured)));
  const names = Object.keys(all[0].values);
  const sure = all.some(({ confidence }) => confidence !== null);
  const text = (value: string | number | null) =>
    value === null ? "" : typeof value === "number" ? number(value) : value;
  const columns = all.some(({ column }) => column);
  const parts = all.some(({ part }) => part !== "source");
  return table(
    heading,
    [
      ...placeHead(all),
      ...(parts ? ["part"] : []),
      ...(columns ? ["column"] : []),
      "true",
      "predicted",
      ...(sure ? ["probability"] : []),
      ...names,
    ],
    all.map(({ row, line, file, part, column, truth, answer, confidence, values }) => [
      ...placeCells({ row, line, file }, all),
      ...(parts ? [part] : []),
      ...(columns ? [column ?? ""] : []),
      text(truth),
      text(answer),
      ...(sure ? [confidence === null ? "" : percent(confidence)] : []),
      ...names.map((name) => text(values[name])),
    ]),
  );
}

function pictured(mistake: Mistake) {
  const { picture, truth, answer, confidence } = mistake;
  const sure = confidence === null ? "" : ` (${percent(confidence)})`;
  const says = [h("b", null, String(truth)), `, predicted ${answer}${sure}, ${rowName(mistake)}`];
  return { src: picture!, alt: mistakeText(mistake), says };
}
