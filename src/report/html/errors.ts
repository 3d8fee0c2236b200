/** The missed rows on the page: confusion as a shaded table, the surest mistakes, what they share. */

import { rowName } from "../../data/dataset.ts";
import type { ErrorSlice, Mistake } from "../../errors/errors.ts";
import { capital, count, number, percent } from "../../words.ts";
import type { ReportErrors } from "../errors.ts";
import { counted, meanErrors, missedSays, mistakeSays, next, offSays, pSays, sliceSays } from "../words-errors.ts";
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

/** A matrix of more classes is not read; the pairs that are mixed up most are told instead. */
const MOST_CLASSES = 25;

/** @param told what stands elsewhere on the page: how many are missed and what they share as its headline, each class. */
export function errorsSection(errors: ReportErrors, told: { headline?: boolean; classes?: boolean } = {}): Node {
  const { slices, missed } = errors;
  const says = [missedSays(errors), slices.length === 0 && missed !== 0 && errors.collect].filter(Boolean);
  return h(
    "div",
    null,
    !told.headline && h("p", null, tied(says.join(" "))),
    slices.length > 0 && [
      slices.map((slice, i) => shared(slice, errors, i > 0)),
      !told.headline && h("p", null, `${capital(next(errors))}.`),
      h(
        "p",
        { class: "aside" },
        `The p-values are corrected over all ${count(errors.looked, "slice")} that were looked at (Westfall & Young).${counted(slices.some(({ files }) => files))}`,
      ),
    ],
    confusion(errors),
    !told.classes && hardest(errors),
    byRange(errors),
    byToken(errors),
    mistakes(errors),
  );
}

function shared(slice: ErrorSlice, errors: ReportErrors, later: boolean): Node {
  const { missed } = errors;
  const facts =
    slice.missed === undefined
      ? `off by ${offSays(slice.error, errors)} on average, elsewhere by ${offSays(slice.rest, errors)}`
      : `${count(slice.missed)} of the ${count(missed ?? 0)} misses; ${percent(slice.error)} of its rows, elsewhere ${percent(slice.rest)}`;
  const names = slice.files ?? slice.examples.map((row) => rowName({ row }));
  const [middle, ...some] = slice.pictures ?? [];
  return h(
    "div",
    { class: "shared" },
    h("h3", null, capital(sliceSays(slice))),
    h("p", null, tied(`${count(slice.rows)}${later ? " other" : ""} rows: ${facts} (${pSays(slice.p)}).`)),
    middle
      ? pictures([
          { src: middle, alt: "The mean of these pictures", says: "the mean" },
          ...some.map((src, i) => ({ src, alt: `Missed: ${names[i]}`, says: names[i] })),
        ])
      : h("p", { class: "aside" }, `Rows ${slice.examples.join(", ")}${more(slice)}`),
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
        "Mixed up most often",
        ["true", "answered", "rows"],
        pairs.map(({ truth, answer, rows }) => [truth, answer, count(rows)]),
      )
    );
  const { classes, counts } = matrix;
  const name = "Confusion: a line for each true class, a column for each answer";
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
          h("th", { scope: "col" }, "true \\ answered"),
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
    labels ? "Hardest labels" : "Hardest classes",
    [labels ? "label" : "class", "rows", "missed", "share", "95 %", labels ? "given wrongly" : "mostly called"],
    hard.map(({ name, rows, missed, low, high, mostly, wrongly }) => [
      name,
      count(rows),
      count(missed),
      rows > 0 ? percent(missed / rows) : "",
      rows > 0 ? `${percent(low)} … ${percent(high)}` : "",
      wrongly === undefined ? (mostly ? `${mostly.name} (${count(mostly.rows)})` : "") : count(wrongly),
    ]),
  );
}

function byRange(errors: ReportErrors): Child {
  return meanErrors(errors).map(({ column }) =>
    table(
      `By the true ${column}: bias is the mean of answer − truth`,
      ["from … to", "rows", "bias", "mean error"],
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
        "Commonest wrong tokens",
        ["true", "answered", "times", "of"],
        tokens.map(({ truth, answer, times, of }) => [truth, answer, count(times), count(of)]),
      ),
    lengths.length > 0 &&
      table(
        "By length of the target",
        ["tokens", "rows", "missed", "tokens wrong"],
        lengths.map(({ length, rows, missed, tokensWrong }) => [
          count(length),
          count(rows),
          count(missed),
          percent(tokensWrong),
        ]),
      ),
  ];
}

function mistakes({ mistakes: all, missed }: ReportErrors): Child {
  if (all.length === 0) return null;
  const heading = missed === null ? "Farthest off" : "Surest mistakes";
  if (all[0].picture) return h("div", null, h("h3", null, heading), pictures(all.map(pictured)));
  const names = Object.keys(all[0].values);
  const sure = all.some(({ confidence }) => confidence !== null);
  const say = (value: string | number | null) =>
    value === null ? "" : typeof value === "number" ? number(value) : value;
  const columns = all.some(({ column }) => column);
  const parts = all.some(({ part }) => part !== "source");
  return table(
    heading,
    [
      "row",
      ...(parts ? ["part"] : []),
      ...(columns ? ["column"] : []),
      "true",
      "answered",
      ...(sure ? ["sure"] : []),
      ...names,
    ],
    all.map(({ row, file, part, column, truth, answer, confidence, values }) => [
      file ?? String(row),
      ...(parts ? [part] : []),
      ...(columns ? [column ?? ""] : []),
      say(truth),
      say(answer),
      ...(sure ? [confidence === null ? "" : percent(confidence)] : []),
      ...names.map((name) => say(values[name])),
    ]),
  );
}

function pictured(mistake: Mistake) {
  const { picture, truth, answer, confidence } = mistake;
  const sure = confidence === null ? "" : ` (${percent(confidence)})`;
  const says = [h("b", null, String(truth)), `, called ${answer}${sure}, ${rowName(mistake)}`];
  return { src: picture!, alt: mistakeSays(mistake), says };
}
