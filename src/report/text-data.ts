/** The data of an audit for a terminal: rows, split, classes and columns. */
import { count, number, plural, scoreFormat } from "./format.ts";
import { wordOf } from "./headline.ts";
import type { Paint } from "./paint.ts";
import type { Report, ReportData } from "./report.ts";

const MOST_COLUMNS = 24;
const MOST_CLASSES = 12;

export function dataLines({ data, metric }: Report, paint: Paint): string[] {
  if (!data) return [];
  const { split, duplicates, references } = data;
  const show = scoreFormat(metric.name);
  const rows = [
    [
      "rows",
      `${count(data.rows)}, each ${plural(data.features, "number")}; target ${data.target.join(", ")} (${data.task})`,
    ],
    [
      "split",
      `${split.kind}: ${count(split.train)} to train on, ${count(split.validation)} to validate${split.test ? `, ${count(split.test)} held back` : ""}`,
    ],
    [
      "repeated",
      `${plural(duplicates.within, "row")} within training, ${count(duplicates.across)} of validation also in training`,
    ],
    ...(data.unknown > 0 ? [["unknown", `${plural(data.unknown, "target")} missing`]] : []),
    ...(references.length > 0
      ? [
          [
            "compare",
            `${wordOf(metric.name)}: ${references.map(({ name, value }) => `${name} ${show(value)}`).join(", ")}`,
          ],
        ]
      : []),
  ];
  return [
    paint.heading(paint.clean(data.source)),
    ...rows.map(([name, text]) => paint.wrap(`${name.padEnd(10)}${text}`, "  ", " ".repeat(12))),
    ...targets(data, paint),
    "",
    paint.heading("Columns, in the training rows as a network sees them"),
    ...columns(data, paint),
  ];
}

function targets({ classes, targets: spreads }: ReportData, paint: Paint): string[] {
  if (spreads)
    return table(
      [["target", "lowest", "mean", "highest", "spread"], ...spreads.map((t) => [t.name, t.min, t.mean, t.max, t.std])],
      paint,
    );
  const shown = (classes ?? []).slice(0, MOST_CLASSES);
  const rest = (classes ?? []).length - shown.length;
  return [
    ...table(
      [["class", "training", "validation"], ...shown.map((c) => [c.name, count(c.train), count(c.validation)])],
      paint,
    ),
    ...(rest > 0 ? [`  ${paint.marks.more} and ${plural(rest, "class")} more`.replace("classs", "classes")] : []),
  ];
}

function columns({ columns: all }: ReportData, paint: Paint): string[] {
  const shown = all.slice(0, MOST_COLUMNS);
  const rest = all.length - shown.length;
  return [
    ...table(
      [
        ["name", "missing", "distinct", "lowest", "mean", "highest", "spread"],
        ...shown.map((c) => [
          c.name,
          count(c.missing),
          c.distinct >= 1000 ? "1,000+" : count(c.distinct),
          c.min,
          c.mean,
          c.max,
          c.std,
        ]),
      ],
      paint,
    ),
    ...(rest > 0 ? [`  ${paint.marks.more} and ${plural(rest, "column")} more (all of them in --json)`] : []),
  ];
}

const LONGEST_NAME = 28;

/** The first column to the left, the others to the right; the first row is the head. */
function table(rows: readonly (readonly (string | number)[])[], paint: Paint): string[] {
  const cells = rows.map((row) =>
    row.map((cell, i) => {
      const text = paint.clean(typeof cell === "number" ? number(cell) : cell);
      return i === 0 && text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1)}${paint.marks.more}` : text;
    }),
  );
  const widths = cells[0].map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  return cells.map((row, r) => {
    const line = row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ");
    return `  ${r === 0 ? paint.colour(line, "dim") : line}`;
  });
}
