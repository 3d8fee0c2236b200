/** Before and after: the two numbers, and every seed as a dot with the interval. */
import { largest } from "../../lists.ts";
import { capital, count, number, percent } from "../../words.ts";
import { unequalClasses } from "../by-class.ts";
import { interval, isShare, scoreFormat, scoreName } from "../format.ts";
import type { Estimate, Report } from "../report.ts";

import { betterSeeds, countedNote, ownNote, testNote, totalGain } from "../words.ts";
import { linearAxis } from "./axis.ts";
import { cross, crossKey, figure, frame, key, note, rule, table } from "./chart.ts";
import { type Child, h, type Node, tied } from "./h.ts";

const ROW = 64;

type Row = { name: string; className: string; estimate: Estimate };

export function scoreSection(report: Report): Node | null {
  const { before, after } = report.metric;
  if (!before) return null;
  const rows: Row[] = after
    ? [
        { name: "before", className: "before", estimate: before },
        { name: "after", className: "after", estimate: after },
      ]
    : [{ name: "now", className: "now", estimate: before }];
  return h("div", null, numbers(report, rows), dots(report, rows), classes(report), asides(report));
}

/** What accuracy hides where classes are of very different size. */
function classes({ metric }: Report): Child {
  const unequal = unequalClasses(metric.byClass);
  return (
    unequal &&
    h("div", null, h("p", null, tied(unequal.says)), table("By class, the rarest first", unequal.head, unequal.rows))
  );
}

function numbers(report: Report, rows: Row[]): Node {
  const show = scoreFormat(
    report.metric.name,
    rows.map((row) => row.estimate.mean),
  );
  const wins = betterSeeds(report);
  const gained = totalGain(report);
  return h(
    "div",
    { class: "numbers" },
    rows.map(({ name, className, estimate }) =>
      h(
        "div",
        { class: `number ${className}` },
        h("span", { class: "name" }, name),
        h("strong", null, show(estimate.mean).replace(" ", "\u00a0")),
        h("span", { class: "range" }, rangeOf(report.metric.name, estimate)),
      ),
    ),
    gained !== "" &&
      h(
        "div",
        { class: "number change" },
        h("span", { class: "name" }, "change"),
        h("strong", null, gained.replace(/ \(.*/, "").replace(" ", "\u00a0")),
        h(
          "span",
          { class: "range" },
          [
            /\((.*)\)/.exec(gained)?.[1],
            wins && report.verdict !== "misleading" && `better in ${wins.better} of ${count(wins.of, "seed")}`,
          ]
            .filter(Boolean)
            .join("; "),
        ),
      ),
  );
}

/** "95 % CI 50 … 54 %, 5 seeds". */
function rangeOf(metric: string, estimate: Estimate): string {
  const range = interval(metric, estimate);
  const seeds = estimate.values.length > 0 ? count(estimate.values.length, "seed") : "";
  return [range && `95 % CI ${range}`, seeds].filter(Boolean).join(", ").replaceAll(" %", "\u00a0%");
}

function dots(report: Report, rows: Row[]): Node {
  const { metric } = report;
  const references = [
    { className: "baseline", of: metric.baseline },
    { className: "ceiling", of: metric.ceiling },
    ...(metric.naive?.name === metric.ceiling?.name ? [] : [{ className: "ceiling", of: metric.naive }]),
  ].flatMap(({ className, of }) => (of ? [{ className, ...of }] : []));
  const fallback = metric.baseline?.value ?? Number.NaN;
  const ends = (estimate: Estimate) => drawn(metric.name, estimate);
  const all = rows.flatMap(({ estimate }) => [...estimate.values, estimate.mean, ...ends(estimate)]);
  const show = isShare(metric.name) ? (value: number) => percent(value) : number;
  const x = linearAxis([...all, ...references.map((reference) => reference.value)], {
    unit: isShare(metric.name) ? "percent" : "number",
  });
  const picture = frame(
    {
      label: `${capital(scoreName(metric))} of each seed, mean ${rows.map(({ name, estimate }) => `${name} ${show(estimate.mean)}`).join(", ")}.`,
      height: ROW * rows.length + 22 * references.length,
      x,
      xTitle: capital(scoreName(metric)),
      notes: [
        references.map((reference, i) =>
          note(
            x.at(reference.value),
            `${2 + 20 * i}px`,
            reference.className,
            `${reference.name} ${show(reference.value)}`,
          ),
        ),
        rows.length > 1 &&
          rows.map(({ name, className, estimate }, i) =>
            note(
              labelAt(x.at(Number.isFinite(estimate.mean) ? estimate.mean : fallback)),
              `${middle(i, references.length) - 32}px`,
              `row ${className}`,
              name,
            ),
          ),
      ],
    },
    references.map(({ className, value }) => rule(`${x.at(value)}%`, `reference ${className}`)),
    rows.length === 2 && pairs(rows, x.at, references.length),
    rows.map((row, i) => oneRow(row, ends(row.estimate), x.at, middle(i, references.length))),
    Number.isFinite(fallback) && rows.map((row, i) => lost(row, x.at(fallback), middle(i, references.length))),
  );
  const legend = [
    rows.some(({ estimate }) => Number.isFinite(estimate.low)) &&
      key("interval", "95 % confidence interval of the mean"),
    h(
      "span",
      { class: "key" },
      h(
        "svg",
        { width: 12, height: 12, "aria-hidden": "true" },
        h("circle", { class: "dot now", cx: 6, cy: 6, r: 4.5 }),
      ),
      "one seed",
    ),
    rows.some(({ estimate }) => !estimate.values.every(Number.isFinite)) && crossKey("a seed that ends in NaN"),
    references.map(({ className, name }) => key(`reference ${className}`, name)),
  ];
  return figure({ legend, table: scoreTable(report, rows) }, picture);
}

/** The ends of an interval as they are drawn: no share below 0 or above 1. */
const drawn = (name: string, { low, high }: Estimate): [number, number] =>
  isShare(name) ? [Math.max(0, low), Math.min(1, high)] : [low, high];

const middle = (row: number, references: number): number => 22 * references + ROW * row + ROW / 2 + 8;
const labelAt = (x: number): number => (x > 50 ? Math.min(100, x + 1.5) : Math.max(0, x - 1.5));

/** The same seed before and after, joined. */
function pairs([first, second]: Row[], at: (value: number) => number, references: number): Child {
  if (first.estimate.values.length !== second.estimate.values.length) return null;
  return first.estimate.values.map((value, i) => {
    const other = second.estimate.values[i];
    if (!Number.isFinite(value) || !Number.isFinite(other)) return null;
    const [y1, y2] = [middle(0, references), middle(1, references)];
    return h("line", { class: "pair", x1: `${at(value)}%`, y1, x2: `${at(other)}%`, y2 });
  });
}

/** Seeds that ended in NaN stand where they are counted: at the baseline. */
const lost = ({ estimate: { values } }: Row, x: number, y: number): Child =>
  values.flatMap((value, i) => (Number.isFinite(value) ? [] : [cross(`${x}%`, y + ((i % 3) - 1) * 12, "nan")]));

function oneRow(
  { className, estimate }: Row,
  [low, high]: [number, number],
  at: (value: number) => number,
  y: number,
): Child {
  const { mean, values } = estimate;
  const finite = values.filter(Number.isFinite);
  return [
    Number.isFinite(low) &&
      Number.isFinite(high) &&
      h("line", { class: `interval ${className}`, x1: `${at(low)}%`, x2: `${at(high)}%`, y1: y, y2: y }),
    // Seeds with nearly the same score would hide each other on one line.
    finite.map((value, i) =>
      h("circle", { class: `dot ${className}`, cx: `${at(value)}%`, cy: y + ((i % 3) - 1) * 6, r: 4.5 }),
    ),
    Number.isFinite(mean) &&
      h("line", { class: "mean", x1: `${at(mean)}%`, x2: `${at(mean)}%`, y1: y - 13, y2: y + 13 }),
  ];
}

function scoreTable({ metric }: Report, rows: Row[]): Node {
  const seeds = largest(rows.map((row) => row.estimate.values.length));
  const show = isShare(metric.name) ? (value: number) => percent(value, 1) : number;
  const line = (name: string, of: (estimate: Estimate) => number | undefined): Child[] => [
    name,
    ...rows.map(({ estimate }) => {
      const value = of(estimate);
      return value === undefined ? "" : show(value);
    }),
  ];
  return table(
    `${capital(scoreName(metric))} of each seed`,
    ["", ...rows.map((row) => row.name)],
    [
      line("mean", ({ mean }) => mean),
      line("95 % CI from", ({ low }) => low),
      line("to", ({ high }) => high),
      ...Array.from({ length: seeds }, (_, i) => line(`seed ${i + 1} of ${seeds}`, ({ values }) => values[i])),
    ],
  );
}

function asides(report: Report): Child {
  const sentences = [
    testNote(report, "→"),
    report.metric.split === "training" && "The plan has no validation rows, so all scores are on the training rows.",
    ownNote(report),
    countedNote(report),
  ];
  return sentences.map((sentence) => sentence && h("p", { class: "aside" }, tied(sentence)));
}
