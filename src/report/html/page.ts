/** The Report as one HTML file: no network, no script, opened from the disk. */
import { unequalSays } from "../by-class.ts";
import type { ReportErrors } from "../errors.ts";
import type { Report } from "../report.ts";
import { VERDICT } from "../words.ts";
import { augmentedSection } from "./augmented.ts";
import { causesSection } from "./causes.ts";
import { changesSection } from "./changes.ts";
import { embed, embedErrors } from "./embed.ts";
import { ERRORS_STYLE, errorsSection } from "./errors.ts";
import { type Child, h, type Node, render, tied } from "./h.ts";
import { layersSection } from "./layers.ts";
import { learningSection } from "./learning.ts";
import { PICTURES_STYLE } from "./pictures.ts";
import { checksSection, footer, readSection, sentencesSection } from "./rest.ts";
import { scoreSection } from "./score.ts";
import { STYLE } from "./style.ts";
import { suspectsSection } from "./suspects.ts";
import { sweepSection } from "./sweep.ts";
import { trialsSection } from "./trials.ts";

export const renderHtml = (report: Report): string =>
  page(report.headline, [reportBody(report), footer(report)], embed(report));

/** What `unstuck errors` found, as a page of its own. @param run what it is called, @param command what tells of it again. */
export const renderErrorsHtml = (errors: ReportErrors, headline: string, run: string, command: string): string =>
  page(
    headline,
    [
      header("", run, headline),
      section(
        "errors",
        errors.missed === null ? "Errors" : "Missed rows",
        "",
        errorsSection(errors, { headline: true }),
      ),
      h(
        "footer",
        null,
        h("p", null, "This page is complete: it loads nothing. To get it again:"),
        h("pre", null, h("code", null, command)),
      ),
    ],
    embedErrors(errors),
  );

/** A whole page. @param json is embedded as it is. */
function page(title: string, body: Child, json: string): string {
  const html = h(
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
      h("title", null, title),
      h("style", null, STYLE + PICTURES_STYLE + ERRORS_STYLE),
    ),
    h("body", null, h("main", null, body), h("script", { type: "application/json", id: "report" }, json)),
  );
  return `<!doctype html>\n${render(html)}\n`;
}

const header = (verdict: string, badge: string, headline: string): Node =>
  h(
    "header",
    { class: verdict },
    h("p", { class: "verdict" }, h("span", { class: "brand" }, "unstuck"), h("span", { class: "badge" }, badge)),
    h("h1", null, tied(headline)),
  );

/** Everything of the page that the dashboard shows too. */
export const reportBody = (report: Report): Child => [
  header(report.verdict, VERDICT[report.verdict], report.headline),
  section("score", report.metric.after ? "Before and after" : "Now", "", scoreSection(report)),
  section(
    "why",
    report.causes.length > 0 ? "Why" : "Also seen",
    report.causes.length > 1 ? "In the order to think of them" : "",
    causesSection(report),
  ),
  section("change", "Change in the plan", "", report.prescription && changesSection(report.prescription)),
  section("settle", "To settle it", "", sentencesSection(report.settle)),
  section("suspects", "Labels in doubt", "", suspectsSection(report)),
  section(
    "errors",
    report.errors?.missed === null ? "Errors" : "Missed rows",
    report.errors?.of === "prescribed" ? "With the change" : "",
    report.errors && errorsSection(report.errors, { classes: classesTold(report) }),
  ),
  section(
    "augmented",
    "Augmentation",
    report.augmented?.of === "prescribed" ? "With the change" : "",
    augmentedSection(report),
  ),
  section("learning", "How it learns", "", learningSection(report)),
  section("trials", "What was tried", "On the same seeds, with and without", trialsSection(report)),
  section("sweep", "Learning rates", "", report.sweep ? sweepSection(report.sweep) : null),
  section("layers", "Layer by layer", "The plan as it was given", report.layers ? layersSection(report.layers) : null),
  section("read", "Read", "", readSection(report)),
  section("said", "Assumed", "", sentencesSection(report.said ?? [])),
  section("checks", "What was looked at", "", checksSection(report)),
];

/** Whether the recall of each class of that same network stands above already. */
const classesTold = ({ errors, metric }: Report): boolean =>
  errors?.of === "given" && unequalSays(metric.byClass) !== null;

function section(id: string, name: string, hint: string, body: Child): Child {
  if (!body) return null;
  return h(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    h("div", { class: "title" }, h("h2", { id: `${id}-title` }, name), hint && h("p", { class: "aside" }, hint)),
    h("div", { class: "body" }, body),
  );
}
