/** The Report as one HTML file: no network, no script, opened from the disk. */
import type { Report } from "../report.ts";
import { VERDICT } from "../words.ts";
import { causesSection } from "./causes.ts";
import { changesSection } from "./changes.ts";
import { embed } from "./embed.ts";
import { type Child, h, type Node, render } from "./h.ts";
import { layersSection } from "./layers.ts";
import { learningSection } from "./learning.ts";
import { checksSection, footer, readSection, sentencesSection } from "./rest.ts";
import { scoreSection } from "./score.ts";
import { STYLE } from "./style.ts";
import { sweepSection } from "./sweep.ts";
import { trialsSection } from "./trials.ts";

export const renderHtml = (report: Report): string => `<!doctype html>\n${render(page(report))}\n`;

const page = (report: Report): Node =>
  h(
    "html",
    { lang: "en" },
    h(
      "head",
      null,
      h("meta", { charset: "utf-8" }),
      // Belt and braces: even a mistake in escaping could neither run nor load anything.
      h("meta", {
        "http-equiv": "Content-Security-Policy",
        content: "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      }),
      h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      h("meta", { name: "color-scheme", content: "light dark" }),
      h("link", { rel: "icon", href: "data:," }),
      h("title", null, report.headline),
      h("style", null, STYLE),
    ),
    h(
      "body",
      null,
      h("main", null, reportBody(report), footer(report)),
      h("script", { type: "application/json", id: "report" }, embed(report)),
    ),
  );

/** Everything of the page that the dashboard shows too. */
export const reportBody = (report: Report): Child => [
  h(
    "header",
    { class: report.verdict },
    h(
      "p",
      { class: "verdict" },
      h("span", { class: "brand" }, "unstuck"),
      h("span", { class: "badge" }, VERDICT[report.verdict]),
    ),
    h("h1", null, report.headline.replace(/ %/g, "\u00a0%")),
  ),
  section("score", report.metric.after ? "Before and after" : "Now", "", scoreSection(report)),
  section(
    "why",
    report.causes.length > 0 ? "Why" : "Also seen",
    report.causes.length > 1 ? "In the order to think of them" : "",
    causesSection(report),
  ),
  section("change", "What to change", "", report.prescription && changesSection(report.prescription)),
  section("settle", "What would settle it", "", sentencesSection(report.settle)),
  section("learning", "How it learns", "", learningSection(report)),
  section("trials", "What was tried", "On the same seeds, with and without", trialsSection(report)),
  section("sweep", "Learning rates", "", report.sweep ? sweepSection(report.sweep) : null),
  section("layers", "Layer by layer", "The plan as it was given", report.layers ? layersSection(report.layers) : null),
  section("read", "What was read", "", readSection(report)),
  section("said", "What was assumed", "", sentencesSection(report.said ?? [])),
  section("checks", "What was looked at", "", checksSection(report)),
];

function section(id: string, name: string, hint: string, body: Child): Child {
  if (!body) return null;
  return h(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    h("div", { class: "title" }, h("h2", { id: `${id}-title` }, name), hint && h("p", { class: "aside" }, hint)),
    h("div", { class: "body" }, body),
  );
}
