import { describe, expect, test } from "vitest";
import { renderText } from "../../src/report/text/text.ts";
import { EVIL, samples } from "./samples.ts";

const plain = { width: 80, colour: false, unicode: true };
const lines = (text: string) => text.trimEnd().split("\n");

describe.each(Object.entries(samples))("the text of %s", (_name, report) => {
  test("begins with the headline and ends with the command that reproduces it", () => {
    const text = renderText({ ...report, headline: "All is told." }, plain);
    expect(lines(text)[0]).toBe("All is told.");
    expect(lines(text).at(-1)).toContain(report.reproduce?.command.split(" ")[0]);
  });

  test("names every cause with its proof, and every edited path", () => {
    const text = renderText(report, plain);
    for (const cause of report.causes.filter(({ proof }) => proof !== "refuted")) expect(text).toContain(cause.proof);
    if (report === samples.evil) return;
    for (const change of report.prescription?.changes ?? []) expect(text).toContain(change.path);
  });

  test("holds no escape code without colour, and the same words with it", () => {
    const text = renderText(report, plain);
    const coloured = renderText(report, { ...plain, colour: true });
    const ESC = "\u001b";
    expect(text).not.toContain(ESC);
    expect(coloured).toContain(ESC);
    expect(coloured.replaceAll(new RegExp(`${ESC}\\[\\d+m`, "g"), "")).toBe(text);
  });

  test("is ASCII when unicode is not wanted", () => {
    const text = renderText(report, { ...plain, unicode: false });
    expect([...text].filter((character) => character.charCodeAt(0) > 126)).toEqual([]);
  });

  test.each([64, 80, 120])("keeps its sentences within %i columns", (width) => {
    if (report === samples.evil) return;
    // Code, paths and commands are there to be copied and are never broken.
    const prose = lines(renderText(report, { ...plain, width })).filter((line) => !/[│:]|\/\//.test(line));
    for (const line of prose) expect(line.length).toBeLessThanOrEqual(width);
  });
});

describe("the text", () => {
  test("tells before, after and gain", () => {
    const text = renderText(samples.stuck, plain);
    expect(text).toMatch(/before .*52 %/);
    expect(text).toMatch(/after .*91 %/);
    expect(text).toMatch(/\+39 points \(\+37 … \+41\), better in 5 of 5 seeds/);
  });

  test("tells a fall as a gain where lower is better, and where the training was lost", () => {
    const text = renderText(samples.nan, plain);
    expect(text).toContain("−22.2 (−23.1 … −21.3), better in 5 of 5 seeds");
    expect(text).toContain("NaN from epoch 4 (5 of 5 seeds)");
    expect(text).toMatch(/×{10}/);
  });

  test("names the files that were written", () => {
    expect(renderText(samples.stuck, { ...plain, files: ["a.html", "b.json"] })).toMatch(/a\.html\n.*b\.json/);
  });

  test("tells what is present but explains no cause", () => {
    const text = renderText({ ...samples.stuck, causes: [] }, plain);
    expect(text).toContain("The training loss rises in 9 of 20 epochs.");
  });

  test("stands without anything trained", () => {
    const nothing = { ...samples.unknown, metric: { ...samples.unknown.metric, before: null }, curves: undefined };
    expect(lines(renderText(nothing, plain)).length).toBeGreaterThan(5);
  });

  test("lets no control character of the user reach the terminal", () => {
    expect(EVIL).toContain("\u001b");
    const text = renderText(samples.evil, plain);
    expect(/[\p{Cc}\u202a-\u202e]/u.test(text.replaceAll("\n", ""))).toBe(false);
  });
});
