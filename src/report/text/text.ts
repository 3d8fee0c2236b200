/** The Report for a terminal: the sentence first, then why, what to change, and what it rests on. */

import { overview } from "../../checks/index.ts";
import { rowName } from "../../data/dataset.ts";
import { capital, count, list, number, percent } from "../../words.ts";
import { byClassLines } from "../by-class.ts";
import { duration, gain, interval, isShare, planValue, scoreFormat } from "../format.ts";
import type { Estimate, Proof, Report, ReportCause, Verdict } from "../report.ts";
import { wordOf } from "../verdict/headline.ts";
import { betterSeeds, countedNote, evidence, inVain, lookedAt, ownNote, strays, title, totalGain } from "../words.ts";
import { learningLines } from "./curves.ts";
import { dataLines } from "./data.ts";
import { errorLines } from "./errors.ts";
import { type Paint, painter } from "./paint.ts";

export type TextOptions = {
  /** Columns of the terminal. */
  width: number;
  colour: boolean;
  /** May box and block characters be used? */
  unicode: boolean;
  /** Files that were written, to be named at the end. */
  files?: string[];
};

const VERDICT_COLOUR: Record<Verdict, string> = {
  stuck: "red",
  healthy: "green",
  slow: "yellow",
  "data-limit": "cyan",
  misleading: "red",
  unknown: "yellow",
};
const PROOF_COLOUR: Record<Proof, string> = {
  verified: "green",
  evident: "green",
  refuted: "dim",
  unclear: "yellow",
  untried: "yellow",
};
const SNIPPET_LINES = 14;
// A terminal names what is plain; the rest is on the page and in the JSON.
const MOST_EVIDENCE = 3;
const MOST_STRAYS = 5;
const PLAIN = 0.3;
const MOST_MISSING = 3;
const MOST_SUSPECTS = 10;

/** The whole report, ending in a line break. */
export function renderText(report: Report, options: TextOptions): string {
  const paint = painter(options);
  const sections = [
    [paint.colour(paint.wrap(report.headline, "", ""), "bold", VERDICT_COLOUR[report.verdict])],
    scores(report, paint),
    byClassLines(report, paint),
    causes(report, paint),
    sentences("Also seen", seen(report), paint),
    changes(report, paint),
    sentences("To settle it", report.settle, paint),
    doubted(report, paint),
    errorLines(report, paint),
    learningLines(report, paint),
    dataLines(report, paint),
    tried(report, paint),
    read(report, paint),
    sentences("Assumed", report.said ?? [], paint),
    looked(report, paint),
    last(report, options.files ?? [], paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function scores(report: Report, paint: Paint): string[] {
  const { metric } = report;
  const { before, after, baseline, ceiling, naive, test } = metric;
  if (!before) return [];
  const show = scoreFormat(metric.name, [before.mean, ...(after ? [after.mean] : [])]);
  const row = (name: string, { mean, low, high, values }: Estimate, colour: string) => {
    const range = interval(metric.name, { low, high });
    const seeds = values.length > 0 ? count(values.length, "seed") : "";
    const tail = [range && `95 %: ${range}`, seeds].filter(Boolean).join(", ");
    const bar = isShare(metric.name) ? `${paint.bar(mean, 24, colour)}  ` : "";
    return `  ${name.padEnd(8)}${bar}${paint.colour(paint.clean(show(mean)).padStart(6), "bold")}  ${paint.colour(paint.clean(tail), "dim")}`;
  };
  const references = [baseline, ceiling, naive?.name === ceiling?.name ? null : (naive ?? null)]
    .filter((reference) => reference !== null)
    .map(({ name, value }) => `${name} ${show(value)}`);
  const wins = betterSeeds(report);
  const better = wins && report.verdict !== "misleading" ? `, better in ${wins.better} of ${wins.of} seeds` : "";
  const held = [test.before, test.after].filter((part) => part !== null).map((part) => show(part.mean));
  const where = metric.split === "training" ? "the training rows (there is no validation part)" : "the validation rows";
  return [
    paint.heading(paint.clean(`${capital(wordOf(metric.name))} on ${where}`)),
    row(after ? "before" : "now", before, after ? "red" : "cyan"),
    ...(after ? [row("after", after, "green")] : []),
    ...(after ? [paint.wrap(`change  ${totalGain(report)}${better}`, "  ", "          ")] : []),
    ...(metric.own ? [paint.wrap(ownNote(report), "  ", "  ")] : []),
    ...(references.length > 0 ? [paint.wrap(`compare ${references.join(", ")}`, "  ", "          ")] : []),
    ...(countedNote(report) ? [paint.colour(paint.wrap(countedNote(report), "  ", "  "), "dim")] : []),
    ...(held.length > 0
      ? [paint.wrap(`held-back rows, judged once: ${held.join(` ${paint.marks.arrow} `)}`, "  ", "  ")]
      : []),
  ];
}

function causes(report: Report, paint: Paint): string[] {
  const told = report.causes.filter((cause) => cause.proof !== "refuted");
  const refuted = report.causes.filter((cause) => cause.proof === "refuted").map((cause) => title(cause.id));
  if (report.causes.length === 0) return [];
  return [
    paint.heading(report.data ? "Worth a look" : "Why"),
    ...told.flatMap((cause, i) => oneCause(report, cause, i, paint)),
    ...(refuted.length > 0 ? [paint.colour(paint.wrap(`Ruled out: ${list(refuted)}.`, "  ", "  "), "dim")] : []),
  ];
}

function oneCause(report: Report, cause: ReportCause, i: number, paint: Paint): string[] {
  const proof = paint.colour(cause.proof, PROOF_COLOUR[cause.proof]);
  const suspicion = paint.colour(`, suspicion ${paint.clean(percent(cause.suspicion))}`, "dim");
  return [
    `  ${i + 1}. ${paint.colour(paint.clean(title(cause.id)), "bold")} ${paint.marks.dash} ${proof}${suspicion}`,
    paint.wrap(cause.says, "     ", "     "),
    ...evidence(report, cause)
      .slice(0, MOST_EVIDENCE)
      .map(({ says }) => paint.wrap(says, `     ${paint.marks.dot} `, "       ")),
    ...(cause.gain
      ? [paint.wrap(`remedied alone: ${gain(report.metric, cause.gain)}`, `     ${paint.marks.arrow} `, "       ")]
      : []),
  ];
}

function doubted({ suspects = [] }: Report, paint: Paint): string[] {
  if (suspects.length === 0) return [];
  const rows = suspects.slice(0, MOST_SUSPECTS).map((one) => `${rowName(one)}: ${one.given}, likely ${one.likely}`);
  const more = suspects.length > rows.length ? "; more on the page and with --json" : "";
  return [paint.heading("Labels in doubt"), paint.wrap(`${rows.join("; ")}${more}.`, "  ", "  ")];
}

function changes({ prescription }: Report, paint: Paint): string[] {
  if (!prescription) return [];
  const edits = prescription.changes.map(({ path, from, to }) => {
    const was = paint.colour(paint.clean(planValue(from)), "red");
    return `  ${paint.clean(path)}: ${was} ${paint.marks.arrow} ${paint.colour(paint.clean(planValue(to)), "green")}`;
  });
  const code = prescription.snippets.keras.trim().split("\n");
  const shown = code.length > SNIPPET_LINES ? [...code.slice(0, SNIPPET_LINES - 1), paint.marks.more] : code;
  return [
    paint.heading("Change in the plan"),
    ...edits,
    ...(code.join("") === ""
      ? []
      : [
          "",
          paint.heading("In Keras"),
          ...shown.map((line) => `  ${paint.colour(paint.marks.rule, "dim")} ${paint.clean(line)}`),
        ]),
  ];
}

function tried(report: Report, paint: Paint): string[] {
  const { hurts, unclear, cut } = inVain(report);
  const parts = [
    ...(unclear.length > 0 ? [list(unclear)] : []),
    ...(hurts.length > 0 ? [`${list(hurts)} (worse)`] : []),
    ...(cut.length > 0 ? [`${list(cut)} (cut early)`] : []),
  ];
  return parts.length > 0 ? [paint.wrap(`Tried, and no gain: ${parts.join("; ")}.`, "", "  ")] : [];
}

function read(report: Report, paint: Paint): string[] {
  if (report.read.length === 0) return [];
  return [
    paint.heading("Read"),
    ...report.read.flatMap(({ path, format, run, series, skipped }) => [
      paint.wrap(
        `${path}${run === null ? "" : `, run ${run}`} (${format}${skipped > 0 ? `, ${count(skipped, "line")} not understood` : ""})`,
        "  ",
        "    ",
      ),
      ...Object.entries(series).map(([name, { points, first, last: end }]) =>
        paint.wrap(
          `${name}: ${count(points, "point")}, ${number(first)} → ${number(end)}`,
          `    ${paint.marks.dot} `,
          "      ",
        ),
      ),
    ]),
  ];
}

const FAINT = 0.1;

const seen = (report: Report): string[] =>
  report.data ? strays(report, FAINT, overview).slice(0, MOST_STRAYS) : strays(report, PLAIN).slice(0, MOST_STRAYS);

function sentences(heading: string, says: string[], paint: Paint): string[] {
  if (says.length === 0) return [];
  return [
    paint.heading(heading),
    ...says.map((sentence) => paint.wrap(capital(sentence), `  ${paint.marks.dot} `, "    ")),
  ];
}

function looked(report: Report, paint: Paint): string[] {
  const sentence = lookedAt(report, MOST_MISSING);
  return sentence ? [paint.colour(paint.wrap(sentence, "", "  "), "dim")] : [];
}

function last({ cost, reproduce }: Report, files: string[], paint: Paint): string[] {
  const { trainings, seconds } = cost;
  const spent =
    trainings > 0
      ? `${count(trainings, "training")} in ${duration(seconds)}`
      : `In ${duration(seconds)}, without a training`;
  const again = reproduce ? [`Again (unstuck ${reproduce.version}, seed ${reproduce.seed}): ${reproduce.command}`] : [];
  return [
    ...files.map((file) => paint.wrap(file, "Written: ", "         ")),
    paint.colour(paint.clean(`${spent}.`), "dim"),
    ...again.map((line) => paint.colour(paint.clean(line), "dim")),
  ];
}
