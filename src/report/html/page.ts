/** The Report as one HTML file: no network, no script, opened from the disk. */
import { capital } from "../../words.ts";
import { unequalClasses } from "../by-class.ts";
import type { ReportErrors } from "../errors.ts";
import { scoreName } from "../format.ts";
import type { Report } from "../report.ts";
import { errorsTitle, TITLE, VERDICT } from "../words.ts";
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

/** What `unstuck errors` found, as a page of its own. @param run its name, @param command what reproduces the page. */
export const renderErrorsHtml = (errors: ReportErrors, headline: string, run: string, command: string): string =>
  page(
    headline,
    [
      header("", run, headline),
      section("errors", errorsTitle(errors.missed), "", errorsSection(errors, { headline: true })),
      h(
        "footer",
        null,
        h("p", null, "This page is self-contained: it loads nothing. To reproduce it:"),
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
      // Even a mistake in escaping could neither run nor load anything.
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
const reportBody = (report: Report): Child => [
  header(report.verdict, VERDICT[report.verdict], report.headline),
  section(
    "score",
    report.metric.after ? "Before and after" : "Score",
    capital(scoreName(report.metric)),
    scoreSection(report),
  ),
  section(
    "why",
    report.data || report.causes.length === 0 ? TITLE.findings : TITLE.why,
    report.causes.length > 1 ? "Most likely first" : "",
    causesSection(report),
  ),
  section("change", TITLE.changes, "", report.prescription && changesSection(report.prescription)),
  section("settle", TITLE.settle, "", sentencesSection(report.settle)),
  section("suspects", TITLE.suspects, "", suspectsSection(report)),
  section(
    "errors",
    errorsTitle(report.errors?.missed ?? null),
    report.errors?.of === "prescribed" ? "With the recommended changes" : "",
    report.errors && errorsSection(report.errors, { classes: classesShown(report) }),
  ),
  section(
    "augmented",
    "Augmentation",
    report.augmented?.of === "prescribed" ? "With the recommended changes" : "",
    augmentedSection(report),
  ),
  section("learning", "Learning curves", "", learningSection(report)),
  section("trials", "Trials", "The same seeds with and without each change", trialsSection(report)),
  section("sweep", "Learning-rate sweep", "", report.sweep ? sweepSection(report.sweep) : null),
  section("layers", "Layers", "The plan as it was given", report.layers ? layersSection(report.layers) : null),
  section("read", TITLE.read, "", readSection(report)),
  section("said", TITLE.notes, "", sentencesSection(report.said ?? [])),
  section("checks", "Checks", "", checksSection(report)),
];

/** Whether the recall of each class of that same network is shown above already. */
const classesShown = ({ errors, metric }: Report): boolean =>
  errors?.of === "given" && unequalClasses(metric.byClass) !== null;

function section(id: string, name: string, hint: string, body: Child): Child {
  if (!body) return null;
  return h(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    h("div", { class: "title" }, h("h2", { id: `${id}-title` }, name), hint && h("p", { class: "aside" }, hint)),
    h("div", { class: "body" }, body),
  );
}
