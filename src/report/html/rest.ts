/** The end of the page: what would settle it, what was read, assumed and checked, and how to reproduce it. */
import { count, number } from "../../words.ts";
import { duration } from "../format.ts";
import type { Report } from "../report.ts";
import { checksSummary, partName, STATE } from "../words.ts";
import { table } from "./chart.ts";
import { h, type Node } from "./h.ts";

export const sentencesSection = (sentences: string[]): Node | null =>
  sentences.length === 0
    ? null
    : h(
        "ul",
        null,
        sentences.map((sentence) => h("li", null, sentence)),
      );

export function readSection({ read }: Report): Node | null {
  if (read.length === 0) return null;
  const rows = read.flatMap(({ path, format, run, series, skipped }) =>
    Object.entries(series).map(([name, { points, first, last }]) => [
      run === null ? path : `${path}, run ${run}`,
      format,
      name,
      number(points),
      number(first),
      number(last),
      number(skipped),
    ]),
  );
  return table(
    "First and last point of each series",
    ["file", "format", "series", "points", "first", "last", "lines skipped"],
    rows,
  );
}

export function checksSection(report: Report): Node | null {
  if (report.findings.length === 0) return null;
  const order = ["present", "unknown", "failed", "absent"];
  const rows = [...report.findings]
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
    .map(({ check, state, says, where, missing }) => [
      h("code", null, check),
      STATE[state],
      says || (missing ? `missing: ${missing.map(partName).join(", ")}` : ""),
      where.slice(0, 12).join(", "),
    ]);
  return h(
    "details",
    { class: "alt" },
    h("summary", null, checksSummary(report)),
    table("All checks", ["check", "result", "finding", "where"], rows),
  );
}

export function footer({ cost, reproduce }: Report): Node {
  const spent =
    cost.trainings > 0
      ? `${count(cost.trainings, "training run")} in ${duration(cost.seconds)}.`
      : `No training run, ${duration(cost.seconds)}.`;
  return h(
    "footer",
    null,
    h("p", null, spent, " This page is self-contained: it loads nothing, and embeds the report as JSON."),
    reproduce && h("p", null, `To reproduce it (unstuck ${reproduce.version}, seed ${reproduce.seed}):`),
    reproduce &&
      h("pre", { tabindex: 0, role: "region", "aria-label": "The command" }, h("code", null, reproduce.command)),
  );
}
