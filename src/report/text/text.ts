/** The Report for a terminal: the headline first, then why, what to change, and what it rests on. */

import { overview } from "../../checks/index.ts";
import { rowName } from "../../data/dataset.ts";
import { capital, count, list, number } from "../../words.ts";
import { byClassLines } from "../by-class.ts";
import { duration, gain, interval, isShare, planValue, scoreFormat, scoreName } from "../format.ts";
import type { Estimate, Proof, Report, ReportCause, Verdict } from "../report.ts";

import {
  betterSeeds,
  checksSummary,
  countedNote,
  evidence,
  gainLabel,
  inVain,
  otherFindings,
  ownNote,
  suspicionText,
  TITLE,
  testNote,
  title,
  totalGain,
} from "../words.ts";
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
// A terminal shows what is plain; the rest is on the page and in the JSON.
const MOST_EVIDENCE = 3;
const MOST_OTHERS = 5;
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
    sentences(TITLE.others, others(report), paint),
    changes(report, paint),
    sentences(TITLE.settle, report.settle, paint),
    suspects(report, paint),
    errorLines(report, paint),
    learningLines(report, paint),
    dataLines(report, paint),
    tried(report, paint),
    read(report, paint),
    sentences(TITLE.notes, report.said ?? [], paint),
    checked(report, paint),
    last(report, options.files ?? [], paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function scores(report: Report, paint: Paint): string[] {
  const { metric } = report;
  const { before, after, baseline, ceiling, naive } = metric;
  const test = testNote(report, paint.marks.arrow);
  if (!before) return [];
  const show = scoreFormat(metric.name, [before.mean, ...(after ? [after.mean] : [])]);
  const row = (name: string, { mean, low, high, values }: Estimate, colour: string) => {
    const range = interval(metric.name, { low, high });
    const seeds = values.length > 0 ? count(values.length, "seed") : "";
    const tail = [range && `95 % CI: ${range}`, seeds].filter(Boolean).join(", ");
    const bar = isShare(metric.name) ? `${paint.bar(mean, 24, colour)}  ` : "";
    return `  ${name.padEnd(10)}${bar}${paint.colour(paint.clean(show(mean)).padStart(6), "bold")}  ${paint.colour(paint.clean(tail), "dim")}`;
  };
  const references = [baseline, ceiling, naive?.name === ceiling?.name ? null : (naive ?? null)]
    .filter((reference) => reference !== null)
    .map(({ name, value }) => `${name} ${show(value)}`);
  const wins = betterSeeds(report);
  const better = wins && report.verdict !== "misleading" ? `, better in ${wins.better} of ${wins.of} seeds` : "";
  const none = metric.split === "training" ? " (the plan has no validation rows)" : "";
  return [
    paint.heading(paint.clean(`${capital(scoreName(metric))}${none}`)),
    row(after ? "before" : "now", before, after ? "red" : "cyan"),
    ...(after ? [row("after", after, "green")] : []),
    ...(after ? [paint.wrap(`change    ${totalGain(report)}${better}`, "  ", "            ")] : []),
    ...(metric.own ? [paint.wrap(ownNote(report), "  ", "  ")] : []),
    ...(references.length > 0 ? [paint.wrap(`baselines ${references.join(", ")}`, "  ", "            ")] : []),
    ...(countedNote(report) ? [paint.colour(paint.wrap(countedNote(report), "  ", "  "), "dim")] : []),
    ...(test ? [paint.wrap(test, "  ", "  ")] : []),
  ];
}

function causes(report: Report, paint: Paint): string[] {
  const open = report.causes.filter((cause) => cause.proof !== "refuted");
  const refuted = report.causes.filter((cause) => cause.proof === "refuted").map((cause) => title(cause.id));
  if (report.causes.length === 0) return [];
  return [
    paint.heading(report.data ? TITLE.findings : TITLE.why),
    ...open.flatMap((cause, i) => oneCause(report, cause, i, paint)),
    ...(refuted.length > 0
      ? [paint.colour(paint.wrap(`Tried and ruled out: ${list(refuted)}.`, "  ", "  "), "dim")]
      : []),
  ];
}

function oneCause(report: Report, cause: ReportCause, i: number, paint: Paint): string[] {
  const proof = paint.colour(cause.proof, PROOF_COLOUR[cause.proof]);
  const suspicion = suspicionText(cause) && paint.colour(paint.clean(`, ${suspicionText(cause)}`), "dim");
  return [
    `  ${i + 1}. ${paint.colour(paint.clean(title(cause.id)), "bold")} ${paint.marks.dash} ${proof}${suspicion}`,
    paint.wrap(cause.says, "     ", "     "),
    ...evidence(report, cause)
      .slice(0, MOST_EVIDENCE)
      .map(({ says }) => paint.wrap(says, `     ${paint.marks.dot} `, "       ")),
    ...(cause.gain
      ? [paint.wrap(`${gainLabel(cause)}: ${gain(report.metric, cause.gain)}`, `     ${paint.marks.arrow} `, "       ")]
      : []),
  ];
}

function suspects({ suspects: doubtful = [] }: Report, paint: Paint): string[] {
  if (doubtful.length === 0) return [];
  const rows = doubtful.slice(0, MOST_SUSPECTS).map((one) => `${rowName(one)}: ${one.given}, likely ${one.likely}`);
  const more = doubtful.length > rows.length ? "; more on the page and with --json" : "";
  return [paint.heading(TITLE.suspects), paint.wrap(`${rows.join("; ")}${more}.`, "  ", "  ")];
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
    paint.heading(TITLE.changes),
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
    ...(cut.length > 0 ? [`${list(cut)} (stopped early)`] : []),
  ];
  return parts.length > 0 ? [paint.wrap(`Tried without improvement: ${parts.join("; ")}.`, "", "  ")] : [];
}

function read(report: Report, paint: Paint): string[] {
  if (report.read.length === 0) return [];
  return [
    paint.heading(TITLE.read),
    ...report.read.flatMap(({ path, format, run, series, skipped }) => [
      paint.wrap(
        `${path}${run === null ? "" : `, run ${run}`} (${format}${skipped > 0 ? `, ${count(skipped, "line")} skipped` : ""})`,
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

const others = (report: Report): string[] =>
  report.data
    ? otherFindings(report, FAINT, overview).slice(0, MOST_OTHERS)
    : otherFindings(report, PLAIN).slice(0, MOST_OTHERS);

function sentences(heading: string, all: string[], paint: Paint): string[] {
  if (all.length === 0) return [];
  return [
    paint.heading(heading),
    ...all.map((sentence) => paint.wrap(capital(sentence), `  ${paint.marks.dot} `, "    ")),
  ];
}

function checked(report: Report, paint: Paint): string[] {
  const sentence = checksSummary(report, MOST_MISSING);
  return sentence ? [paint.colour(paint.wrap(sentence, "", "  "), "dim")] : [];
}

function last({ cost, reproduce }: Report, files: string[], paint: Paint): string[] {
  const { trainings, seconds } = cost;
  const spent =
    trainings > 0
      ? `${count(trainings, "training run")} in ${duration(seconds)}`
      : `No training run, ${duration(seconds)}`;
  const command = reproduce
    ? [`To reproduce (unstuck ${reproduce.version}, seed ${reproduce.seed}): ${reproduce.command}`]
    : [];
  return [
    ...files.map((file) => paint.wrap(file, "Written: ", "         ")),
    paint.colour(paint.clean(`${spent}.`), "dim"),
    ...command.map((line) => paint.colour(paint.clean(line), "dim")),
  ];
}
