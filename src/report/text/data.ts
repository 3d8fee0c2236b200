/** The data of an audit for a terminal: rows, split, classes and columns. */

import { count, number, percent } from "../../words.ts";
import { interval as ends, scoreFormat } from "../format.ts";
import type { Report, ReportData } from "../report.ts";
import { wordOf } from "../verdict/headline.ts";
import { columns } from "./columns.ts";
import type { Paint } from "./paint.ts";

const MOST_COLUMNS = 24;
const MOST_CLASSES = 12;
// Of the variance of a column: less is no matter.
const WORTH_SAYING = 0.1;

export function dataLines({ data, metric }: Report, paint: Paint): string[] {
  if (!data) return [];
  const { split, duplicates, references, balance, interval } = data;
  const show = scoreFormat(metric.name);
  const rows = [
    [
      "rows",
      `${count(data.rows)}, each ${count(data.features, "number")}; target ${data.target.join(", ")} (${data.task})`,
    ],
    [
      "split",
      `${split.kind}: ${count(split.train)} to train on, ${count(split.validation)} to validate${split.test ? `, ${count(split.test)} held back` : ""}`,
    ],
    [
      "repeated",
      `${count(duplicates.within, "row")} within training, ${count(duplicates.across)} of validation also in training`,
    ],
    ...(data.unknown > 0 ? [["unknown", `${count(data.unknown, "target")} missing`]] : []),
    ...(references.length > 0
      ? [
          [
            "compare",
            `${wordOf(metric.name)}: ${references.map(({ name, value }) => `${name} ${show(value)}`).join(", ")}${
              interval
                ? `; judged on ${count(interval.rows, "row")}, ${show(interval.score)} may be ${ends(metric.name, interval)}`
                : ""
            }`,
          ],
        ]
      : []),
    ...(balance
      ? [["classes", `evenness ${number(balance.evenness)} of 1; rarest ${balance.rarest}, ${percent(balance.share)}`]]
      : []),
  ];
  return [
    paint.heading(paint.clean(data.source)),
    ...rows.map(([name, text]) => paint.wrap(`${name.padEnd(10)}${text}`, "  ", " ".repeat(12))),
    ...targets(data, paint),
    "",
    paint.heading("Columns, in the training rows as a network sees them"),
    ...perColumn(data, paint),
  ];
}

function targets({ classes, targets: spreads }: ReportData, paint: Paint): string[] {
  if (spreads)
    return columns(
      [["target", "lowest", "mean", "highest", "spread"], ...spreads.map((t) => [t.name, t.min, t.mean, t.max, t.std])],
      paint,
    );
  const shown = (classes ?? []).slice(0, MOST_CLASSES);
  const rest = (classes ?? []).length - shown.length;
  return [
    ...columns(
      [["class", "training", "validation"], ...shown.map((c) => [c.name, count(c.train), count(c.validation)])],
      paint,
    ),
    ...(rest > 0 ? [`  ${paint.marks.more} and ${count(rest, "class")} more`] : []),
  ];
}

type Row = { name: string; type: string; missing: number; distinct: number; cells: (number | "")[]; remark: string };

/** One a column of the file, those with a remark first where not all are shown. */
function perColumn(data: ReportData, paint: Paint): string[] {
  const all = data.facts ? fileColumns(data, data.facts) : data.columns.map((one) => numbersOf(one, "", ""));
  const told =
    all.length > MOST_COLUMNS ? all.toSorted((a, b) => Number(b.remark !== "") - Number(a.remark !== "")) : all;
  const shown = told.slice(0, MOST_COLUMNS);
  const rest = all.length - shown.length;
  const head = ["name", "type", "missing", "distinct", "lowest", "mean", "highest", "spread", ""];
  const cells = shown.map((one) => [
    one.name,
    one.type,
    one.missing === 0 ? "" : count(one.missing),
    one.distinct >= 1000 ? "1,000+" : one.distinct === 0 ? "" : count(one.distinct),
    ...one.cells,
    one.remark,
  ]);
  return [
    ...columns([head, ...cells], paint),
    ...(rest > 0 ? [`  ${paint.marks.more} and ${count(rest, "column")} more (all of them in --json)`] : []),
  ];
}

type Facts = NonNullable<ReportData["facts"]>;

function fileColumns(data: ReportData, { columns: facts }: Facts): Row[] {
  const used = facts.map(({ name, type, far, held }): Row => {
    const own = data.columns.filter((one) => one.name === name || one.name.startsWith(`${name}=`));
    if (type === "category")
      return { name, type, missing: own[0]?.missing ?? 0, distinct: own.length, cells: ["", "", "", ""], remark: "" };
    const remark = [
      type === "identifier" && "numbers the rows",
      type === "constant" && "never changes",
      held >= WORTH_SAYING && `${percent(far)} far out, ${percent(held)} of the variance`,
    ].filter((word) => word !== false);
    const [one] = own;
    if (!one) return { name, type, missing: 0, distinct: 0, cells: ["", "", "", ""], remark: remark.join("; ") };
    return numbersOf(one, type === "flag" ? "0 or 1" : type, remark.join("; "));
  });
  const known = new Set([...facts.map(({ name }) => name), ...data.columns.map(({ name }) => name.split("=")[0])]);
  const left = (data.written ?? []).filter(({ name }) => !known.has(name) && !data.target.includes(name));
  return [
    ...used,
    ...left.map(({ name, kind, missing }): Row => {
      return { name, type: kind, missing, distinct: 0, cells: ["", "", "", ""], remark: "not learnt from" };
    }),
  ];
}

const numbersOf = (one: ReportData["columns"][number], type: string, remark: string): Row => ({
  ...one,
  type,
  cells: [one.min, one.mean, one.max, one.std],
  remark,
});
