/** Wrong predictions for a terminal: three lines in a report, or all of them. */

import type { Mistake } from "../../errors/errors.ts";
import { count, list, number, percent } from "../../words.ts";
import type { ReportErrors } from "../errors.ts";
import { interval } from "../format.ts";
import { errorsTitle } from "../words.ts";
import { meanErrors, missedText, mistakeText, sliceSentence } from "../words-errors.ts";
import { columns } from "./columns.ts";
import { type Paint, painter } from "./paint.ts";

type TextOptions = Parameters<typeof painter>[0] & { files?: string[] };

const MOST_NAMED = 3;

/** In a report: how many rows are predicted incorrectly, what they share, which are the most confident. */
export function errorLines({ errors }: { errors?: ReportErrors }, paint: Paint): string[] {
  if (!errors || errors.missed === 0) return [];
  const worst = errors.mistakes.slice(0, MOST_NAMED).map(mistakeText);
  const which = errors.missed === null ? "Largest" : "Most confident";
  const lines = [missedText(errors), errors.collect, worst.length > 0 && `${which}: ${worst.join("; ")}.`];
  const whose = errors.of === "prescribed" ? ", with the recommended changes" : "";
  return [
    paint.heading(`${errorsTitle(errors.missed)}${whose}`),
    ...lines.filter((one) => one !== false).map((one) => paint.wrap(one, `  ${paint.marks.dot} `, "    ")),
  ];
}

// A terminal holds so many columns of counts, and a reader so many rows of a list.
const MOST_CLASSES = 12;
const MOST_LINES = 10;
const MOST_VALUES = 4;

/** All that `unstuck errors` prints. */
export function renderErrors(errors: ReportErrors, headline: string, options: TextOptions): string {
  const paint = painter(options);
  const sections = [
    [paint.colour(paint.wrap(headline, "", ""), "bold")],
    confusion(errors, paint, options.width),
    classes(errors, paint),
    ranges(errors, paint),
    tokens(errors, paint),
    mistakes(errors, paint),
    slices(errors, paint),
    (options.files ?? []).map((file) => paint.wrap(file, "Written: ", "         ")),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const short = (name: string): string =>
  Array.from(name).length > 14 ? `${Array.from(name).slice(0, 13).join("")}…` : name;

function confusion({ confusion: matrix, pairs = [] }: ReportErrors, paint: Paint, width: number): string[] {
  if (matrix && matrix.classes.length <= MOST_CLASSES) {
    const head = ["true \\ predicted", ...matrix.classes.map(short)];
    const rows = matrix.counts.map((row, t) => [matrix.classes[t], ...row.map((n) => (n === 0 ? "·" : count(n)))]);
    const lines = columns([head, ...rows], paint);
    if (Array.from(lines[1]).length <= width) return [paint.heading("Confusion matrix"), ...lines];
  }
  if (pairs.length === 0) return [];
  const lines = pairs.map(({ truth, answer, rows }) => `  ${count(rows, "row")} of ${truth} predicted as ${answer}`);
  return [paint.heading("Classes confused most often"), ...lines.map(paint.clean)];
}

function classes({ classes: all = [], task }: ReportErrors, paint: Paint): string[] {
  const hard = all.filter(({ missed, wrongly = 0 }) => missed + wrongly > 0).slice(0, MOST_LINES);
  if (hard.length === 0) return [];
  const lines = hard.map(({ name, rows, missed, low, high, mostly, wrongly }) => {
    const instead = mostly ? `, most often as ${mostly.name} (${count(mostly.rows)})` : "";
    const extra = wrongly === undefined ? "" : `, ${count(wrongly, "false positive")}`;
    const share = rows > 0 ? ` (${percent(missed / rows)}; 95 % CI: ${interval("accuracy", { low, high })})` : "";
    const wrong = wrongly === undefined ? "predicted incorrectly" : "without the label they carry";
    return `${name}: ${count(missed)} of ${count(rows, "row")} ${wrong}${share}${instead}${extra}`;
  });
  return [
    paint.heading(task === "multilabel" ? "Error rate by label" : "Error rate by class"),
    ...lines.map((line) => paint.wrap(line, `  ${paint.marks.dot} `, "    ")),
  ];
}

function ranges(errors: ReportErrors, paint: Paint): string[] {
  return meanErrors(errors).flatMap(({ column }) => {
    const own = (errors.ranges ?? []).filter((range) => range.column === column);
    const rows = own.map(({ from, to, rows, bias, mae }) => [
      `${number(from)} … ${number(to)}`,
      count(rows),
      `${bias > 0 ? "+" : ""}${number(bias)}`,
      number(mae),
    ]);
    return [
      paint.heading(paint.clean(`Error by true value of ${column}`)),
      ...columns([["true value", "rows", "bias", "mean absolute error"], ...rows], paint),
    ];
  });
}

function tokens({ tokens: wrong = [], lengths = [] }: ReportErrors, paint: Paint): string[] {
  const missed = lengths.filter((one) => one.missed > 0);
  return [
    ...(wrong.length > 0 ? [paint.heading("Most common token errors")] : []),
    ...wrong.map(({ truth, answer, times, of }) =>
      paint.clean(`  ${count(times, "time")}: “${truth}” predicted as “${answer}” (of ${count(of)})`),
    ),
    ...(missed.length > 0 ? [paint.heading("Errors by length of the target")] : []),
    ...missed
      .slice(0, MOST_LINES)
      .map(({ length, rows, missed: n, tokensWrong }) =>
        paint.clean(
          `  ${count(length, "token")}: ${count(n)} of ${count(rows, "row")} predicted incorrectly, ${percent(tokensWrong)} of tokens wrong`,
        ),
      ),
  ];
}

function mistakes(errors: ReportErrors, paint: Paint): string[] {
  const shown = errors.mistakes.slice(0, MOST_LINES);
  if (shown.length === 0) return [];
  return [
    paint.heading(errors.missed === null ? "Largest errors" : "Most confident mistakes"),
    ...shown.map((one) => paint.wrap(`${mistakeText(one)}${valuesText(one)}`, `  ${paint.marks.dot} `, "    ")),
    ...(errors.mistakes.length > shown.length
      ? [paint.colour(`  ${count(errors.mistakes.length - shown.length)} more on the page and with --json`, "dim")]
      : []),
  ];
}

function valuesText({ values }: Mistake): string {
  const some = Object.entries(values).slice(0, MOST_VALUES);
  const text = ([name, value]: (typeof some)[number]) =>
    `${name} ${value === null ? "missing" : typeof value === "number" ? number(value) : value}`;
  return some.length > 0 ? `; ${list(some.map(text))}` : "";
}

/** Where there are none, the headline says so. */
function slices(errors: ReportErrors, paint: Paint): string[] {
  if (errors.slices.length === 0) return [];
  return [
    paint.heading("Where the errors are"),
    ...errors.slices.map((slice) => paint.wrap(sliceSentence(slice, errors), `  ${paint.marks.dot} `, "    ")),
    paint.colour(
      paint.wrap(`p-values are corrected for the ${count(errors.looked, "slice")} tested.`, "  ", "  "),
      "dim",
    ),
  ];
}
