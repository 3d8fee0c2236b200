/** The missed rows for a terminal: three lines in a report, or all of them. */

import type { Mistake } from "../../errors/errors.ts";
import { count, list, number, percent } from "../../words.ts";
import type { ReportErrors } from "../errors.ts";
import { meanErrors, missedSays, mistakeSays, sliceSentence } from "../words-errors.ts";
import { columns } from "./columns.ts";
import { type Paint, painter } from "./paint.ts";

type TextOptions = Parameters<typeof painter>[0] & { files?: string[] };

const SUREST = 3;

/** Under the verdict: how many are missed, what they share, which are the surest. */
export function errorLines({ errors }: { errors?: ReportErrors }, paint: Paint): string[] {
  if (!errors || errors.missed === 0) return [];
  const surest = errors.mistakes.slice(0, SUREST).map(mistakeSays);
  const which = errors.missed === null ? "Farthest off" : "Surest mistakes";
  const says = [missedSays(errors), errors.collect, surest.length > 0 && `${which}: ${surest.join("; ")}.`];
  const whose = errors.of === "prescribed" ? ", with the change" : "";
  return [
    paint.heading(`${errors.missed === null ? "Errors" : "Missed rows"}${whose}`),
    ...says.filter((one) => one !== false).map((one) => paint.wrap(one, `  ${paint.marks.dot} `, "    ")),
  ];
}

// A terminal holds so many columns of counts, and a reader so many rows of a list.
const MOST_CLASSES = 12;
const MOST_LINES = 10;
const MOST_VALUES = 4;

/** All that `unstuck errors` tells. */
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
    const head = ["true \\ answered", ...matrix.classes.map(short)];
    const rows = matrix.counts.map((row, t) => [matrix.classes[t], ...row.map((n) => (n === 0 ? "·" : count(n)))]);
    const lines = columns([head, ...rows], paint);
    if (Array.from(lines[1]).length <= width) return [paint.heading("Confusion"), ...lines];
  }
  if (pairs.length === 0) return [];
  const lines = pairs.map(({ truth, answer, rows }) => `  ${count(rows)} × ${truth}, called ${answer}`);
  return [paint.heading("Mixed up most often"), ...lines.map(paint.clean)];
}

function classes({ classes: all = [], task }: ReportErrors, paint: Paint): string[] {
  const hard = all.filter(({ missed, wrongly = 0 }) => missed + wrongly > 0).slice(0, MOST_LINES);
  if (hard.length === 0) return [];
  const lines = hard.map(({ name, rows, missed, low, high, mostly, wrongly }) => {
    const called = mostly ? `, mostly called ${mostly.name} (${count(mostly.rows)})` : "";
    const given = wrongly === undefined ? "" : `, given wrongly ${count(wrongly, "time")}`;
    const share = rows > 0 ? ` (${percent(missed / rows)}; 95 %: ${percent(low)} … ${percent(high)})` : "";
    return `${name}: ${count(missed)} of ${count(rows, "row")} missed${share}${called}${given}`;
  });
  return [
    paint.heading(task === "multilabel" ? "Hardest labels" : "Hardest classes"),
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
      paint.heading(paint.clean(`By the true ${column}`)),
      ...columns([["from … to", "rows", "bias", "mean error"], ...rows], paint),
    ];
  });
}

function tokens({ tokens: wrong = [], lengths = [] }: ReportErrors, paint: Paint): string[] {
  const missed = lengths.filter((one) => one.missed > 0);
  return [
    ...(wrong.length > 0 ? [paint.heading("Commonest wrong tokens")] : []),
    ...wrong.map(({ truth, answer, times, of }) =>
      paint.clean(`  ${count(times, "time")}: “${truth}” answered “${answer}” (it occurs ${count(of, "time")})`),
    ),
    ...(missed.length > 0 ? [paint.heading("By length of the target")] : []),
    ...missed
      .slice(0, MOST_LINES)
      .map(({ length, rows, missed: n, tokensWrong }) =>
        paint.clean(
          `  ${count(length, "token")}: ${count(n)} of ${count(rows, "row")} missed, ${percent(tokensWrong)} of the tokens wrong`,
        ),
      ),
  ];
}

function mistakes(errors: ReportErrors, paint: Paint): string[] {
  const shown = errors.mistakes.slice(0, MOST_LINES);
  if (shown.length === 0) return [];
  return [
    paint.heading(errors.missed === null ? "Farthest off" : "Surest mistakes"),
    ...shown.map((one) => paint.wrap(`${mistakeSays(one)}${valuesSay(one)}`, `  ${paint.marks.dot} `, "    ")),
    ...(errors.mistakes.length > shown.length
      ? [paint.colour(`  ${count(errors.mistakes.length - shown.length)} more in the JSON and on the page`, "dim")]
      : []),
  ];
}

function valuesSay({ values }: Mistake): string {
  const some = Object.entries(values).slice(0, MOST_VALUES);
  const say = ([name, value]: (typeof some)[number]) =>
    `${name} ${value === null ? "missing" : typeof value === "number" ? number(value) : value}`;
  return some.length > 0 ? `; ${list(some.map(say))}` : "";
}

/** Where there are none the headline says so. */
function slices(errors: ReportErrors, paint: Paint): string[] {
  if (errors.slices.length === 0) return [];
  return [
    paint.heading("What the errors share"),
    ...errors.slices.map((slice) => paint.wrap(sliceSentence(slice, errors), `  ${paint.marks.dot} `, "    ")),
    paint.colour(paint.wrap(`Corrected over ${count(errors.looked, "slice")} that were looked at.`, "  ", "  "), "dim"),
  ];
}
