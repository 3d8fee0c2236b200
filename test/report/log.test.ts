/** A report of a Case alone, as a log gives it: no runs of ours, perhaps not even a metric. */
import { describe, expect, it } from "vitest";
import type { Case } from "../../src/case/case.ts";
import { diagnose } from "../../src/causes/diagnose.ts";
import { renderHtml } from "../../src/report/html/page.ts";
import { parseReport, toJson } from "../../src/report/report.ts";
import { renderText } from "../../src/report/text/text.ts";
import { reportOf } from "../../src/report/verdict/assemble.ts";
import { untried } from "../../src/trials/outcome.ts";

const terminal = { width: 80, colour: false, unicode: true };
const losses = [0.9, 0.7, 0.8, 1.2];
const epochs = losses.map((loss, i) => ({ epoch: i + 1, train: { loss: loss / 2 }, validation: { loss } }));
const cases: [string, Case, { curves: number; before: number | null }][] = [
  ["nothing", { version: 1 }, { curves: 0, before: null }],
  ["losses", { version: 1, epochs }, { curves: 1, before: null }],
  ["losses and a score", { version: 1, epochs, scores: [0.6] }, { curves: 1, before: 0.6 }],
  ["a loss that was not a number", { version: 1, epochs, scores: [Number.NaN] }, { curves: 1, before: null }],
];

describe("of a log", () => {
  it.each(cases)("%s", (_name, known, { curves, before }) => {
    const report = reportOf(untried(diagnose(known), []), { version: "0", seed: 1, command: "" });
    expect(report.curves!.before).toHaveLength(curves);
    expect(report.metric.before?.mean ?? null).toBe(before);
    expect(parseReport(toJson(report))).toEqual(report);
    expect(renderText(report, terminal)).toContain(report.headline.slice(0, 20));
    expect(renderHtml(report)).toContain("</html>");
    if (curves > 0) expect(report.curves!.before[0]).toMatchObject({ epochs: [1, 2, 3, 4], validation: losses });
  });
});
