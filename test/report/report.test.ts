import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseReport, toJson } from "../../src/report/report.ts";
import { UserError } from "../../src/user-error.ts";
import { example, samples } from "./samples.ts";

const page = new URL("../../../shared/design/report.md", import.meta.url);

/** The first jsonc block of the page, without its comments; no string of it holds "//" or "/*". */
function exampleOf(markdown: string): string {
  const block = /```jsonc\n([\s\S]*?)```/.exec(markdown)?.[1] ?? "";
  return block.replace(/\/\*.*?\*\//g, "").replace(/\/\/.*$/gm, "");
}

describe("the report", () => {
  test.skipIf(!existsSync(page))("reads the example of the design page (skipped when the page is not there)", () => {
    const report = parseReport(exampleOf(readFileSync(page, "utf8")));
    // The page tells of `read` in a comment only.
    expect(report).toEqual({ ...parseReport(example), read: [] });
  });

  test("reads its own copy of the example", () => {
    const report = parseReport(example);
    expect(report.causes[0]).toMatchObject({ id: "inputs-not-scaled", proof: "verified", gain: { mean: 0.39 } });
    expect(report.read[0].series.loss.last).toBeNaN();
    expect(report.prescription?.changes[0].path).toBe("data.scale");
  });

  test("writes numbers that are not finite as strings and reads them back", () => {
    const report = parseReport(example);
    report.metric.before = { mean: NaN, low: -Infinity, high: Infinity, values: [NaN, 0.5, 1e-7] };
    const json = toJson(report);
    expect(JSON.parse(json).metric.before).toEqual({
      mean: "NaN",
      low: "-Infinity",
      high: "Infinity",
      values: ["NaN", 0.5, 1e-7],
    });
    expect(parseReport(json)).toEqual(report);
  });

  test("keeps arrays of numbers on one line and strings as they are", () => {
    const report = parseReport(example);
    report.trials[0].values = [0.1, NaN, 3];
    report.settle = ["[\n  1,\n  2\n]"];
    const json = toJson(report);
    expect(json).toContain('"values": [0.1, "NaN", 3]');
    expect(JSON.parse(json).settle).toEqual(report.settle);
  });

  test.each(Object.entries(samples))("%s survives the way to JSON and back", (_name, report) => {
    expect(parseReport(toJson(report))).toEqual(report);
  });

  test.each([
    ["not JSON", "{"],
    ["another version", example.replace('"version": 1', '"version": 2')],
    ["an unknown verdict", example.replace('"verdict": "stuck"', '"verdict": "fine"')],
    ["a word for a number", example.replace('"seconds": 21.4', '"seconds": "long"')],
  ])("refuses %s as a mistake of the user", (_what, text) => {
    expect(() => parseReport(text, "a.json")).toThrow(UserError);
    expect(() => parseReport(text, "a.json")).toThrow(/^a\.json: /);
  });
});
