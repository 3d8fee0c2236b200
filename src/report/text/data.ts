/** The data of an audit for a terminal: rows, split, classes and columns. */

import { count, number, percent } from "../../words.ts";
import { interval as ends, scoreFormat, scoreName } from "../format.ts";
import type { Report, ReportData } from "../report.ts";

import { columns } from "./columns.ts";
import type { Paint } from "./paint.ts";

const MOST_COLUMNS = 24;
const MOST_CLASSES = 12;
// Share of the variance of a column: less is not worth a remark.
const WORTH_REMARK = 0.1;

export function dataLines({ data, metric }: Report, paint: Paint): string[] {
  if (!data) return [];
  const { split, duplicates, references, balance, interval } = data;
  const show = scoreFormat(metric.name);
  const rows = [
    [
      "rows",
      `${count(data.rows)}, ${count(data.features, "input")} each; target ${data.target.join(", ")} (${data.task})`,
    ],
    [
      "split",
      `${split.kind}: ${count(split.train, "training row")}, ${count(split.validation)} validation${split.test ? `, ${count(split.test)} held-out test` : ""}`,
    ],
    [
      "copies",
      `${count(duplicates.within, "repeated training row")}; ${count(duplicates.across, "validation row")} also in the training set`,
    ],
    ...(data.unknown > 0 ? [["missing", count(data.unknown, "missing target")]] : []),
    ...(references.length > 0
      ? [
          [
            "baselines",
            `${scoreName(metric)}: ${references.map(({ name, value }) => `${name} ${show(value)}`).join(", ")}${
              interval
                ? `; with ${count(interval.rows, "validation row")}, the 95 % interval of ${show(interval.score)} is ${ends(metric.name, interval)}`
                : ""
            }`,
          ],
        ]
      : []),
    ...(balance
      ? [
          [
            "classes",
            `balance ${number(balance.evenness)} (1: all equal); rarest class ${balance.rarest}, ${percent(balance.share)} of rows`,
          ],
        ]
      : []),
  ];
  return [
    paint.heading(paint.clean(data.source)),
    ...rows.map(([name, text]) => paint.wrap(`${name.padEnd(11)}${text}`, "  ", " ".repeat(13))),
    ...targets(data, paint),
    "",
    paint.heading("Columns of the training rows, as they reach the network"),
    ...perColumn(data, paint),
  ];
}

function targets({ classes, targets: numbers }: ReportData, paint: Paint): string[] {
  if (numbers)
    return columns(
      [["target", "min", "mean", "max", "std"], ...numbers.map((t) => [t.name, t.min, t.mean, t.max, t.std])],
      paint,
    );
  const shown = (classes ?? []).slice(0, MOST_CLASSES);
  const rest = (classes ?? []).length - shown.length;
  return [
    ...columns(
      [
        ["class", "training rows", "validation rows"],
        ...shown.map((c) => [c.name, count(c.train), count(c.validation)]),
      ],
      paint,
    ),
    ...(rest > 0 ? [`  ${paint.marks.more} and ${count(rest, "more class")}`] : []),
  ];
}

type Row = { name: string; type: string; missing: number; distinct: number; cells: (number | "")[]; remark: string };

/** One a column of the file, those with a remark first where not all are shown. */
function perColumn(data: ReportData, paint: Paint): string[] {
  const all = data.facts ? fileColumns(data, data.facts) : data.columns.map((one) => numbersOf(one, "", ""));
  const ordered =
    all.length > MOST_COLUMNS ? all.toSorted((a, b) => Number(b.remark !== "") - Number(a.remark !== "")) : all;
  const shown = ordered.slice(0, MOST_COLUMNS);
  const rest = all.length - shown.length;
  const head = ["name", "type", "missing", "distinct", "min", "mean", "max", "std", ""];
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
    ...(rest > 0 ? [`  ${paint.marks.more} and ${count(rest, "more column")} (all of them with --json)`] : []),
  ];
}

type Facts = NonNullable<ReportData["facts"]>;

function fileColumns(data: ReportData, { columns: facts }: Facts): Row[] {
  const used = facts.map(({ name, type, far, held }): Row => {
    const own = data.columns.filter((one) => one.name === name || one.name.startsWith(`${name}=`));
    if (type === "category")
      return { name, type, missing: own[0]?.missing ?? 0, distinct: own.length, cells: ["", "", "", ""], remark: "" };
    const remark = [
      type === "identifier" && "row number",
      type === "constant" && "constant",
      held >= WORTH_REMARK && `outliers: ${percent(far)} of cells, ${percent(held)} of the variance`,
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
      return { name, type: kind, missing, distinct: 0, cells: ["", "", "", ""], remark: "not a feature" };
    }),
  ];
}

const numbersOf = (one: ReportData["columns"][number], type: string, remark: string): Row => ({
  ...one,
  type,
  cells: [one.min, one.mean, one.max, one.std],
  remark,
});
