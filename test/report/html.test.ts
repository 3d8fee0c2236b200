import { describe, expect, test } from "vitest";
import { linearAxis, logAxis } from "../../src/report/html/axis.ts";
import { h, render } from "../../src/report/html/h.ts";
import { renderHtml } from "../../src/report/html/page.ts";
import { parseReport, type Report } from "../../src/report/report.ts";
import { example, samples } from "./samples.ts";

const embedded = (html: string): Report =>
  parseReport(/<script type="application\/json" id="report">(.*?)<\/script>/s.exec(html)?.[1] ?? "");
const outside = (html: string) => html.replace(/<(script|style)\b.*?<\/\1>/gs, "");
const tags = (html: string) =>
  [...outside(html).matchAll(/<(\/?)([a-z1-6]+)\b[^>]*>/g)].map(([, end, name]) => end + name);

describe.each(Object.entries({ ...samples, example: parseReport(example) }))("the page of %s", (name, report) => {
  const html = renderHtml(report);

  test("is one small file that needs nothing else", () => {
    expect(html.length).toBeLessThan(400_000);
    expect(outside(html)).not.toMatch(/\b(src|href)="(?!data:,)/);
    expect(html).not.toMatch(/url\(|@import|https?:/);
  });

  test("holds its report, headline and verdict", () => {
    const held = embedded(html);
    expect(held.verdict).toBe(report.verdict);
    expect(held.headline).toBe(report.headline);
    expect(held.causes.length).toBe(report.causes.length);
  });

  test("closes what it opens", () => {
    const open: string[] = [];
    for (const tag of tags(html)) {
      if (["meta", "link", "br"].includes(tag)) continue;
      if (tag.startsWith("/")) expect(open.pop()).toBe(tag.slice(1));
      else open.push(tag);
    }
    expect(open).toEqual([]);
  });

  test("gives every picture a table, and a name to those who do not see it", () => {
    const figures = html.split("<figure").slice(1);
    for (const figure of figures) expect(figure).toMatch(/<table>/);
    for (const [picture] of html.matchAll(/<[a-z]+[^>]*role="img"[^>]*>/g))
      expect(picture).toMatch(/aria-label="[^"]+"/);
  });

  test("draws no number that is none", () => {
    expect(outside(html)).not.toMatch(
      /(?:\b(?:x|y|x1|x2|y1|y2|cx|cy|width|height)|style)="[^"]*(?:NaN|Infinity|undefined)/,
    );
    expect(outside(html)).not.toMatch(/ d="[^"]*(?:NaN|Infinity|undefined)/);
  });

  test("lets no name of the user become markup", () => {
    const names = new Set(tags(html).map((tag) => tag.replace("/", "")));
    expect(names.has("img")).toBe(false);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html.match(/<\/script/g)).toHaveLength(1);
    expect(outside(html).replace(/"[^"]*"/g, "")).not.toMatch(/<[^>]*\son\w+=/);
    if (name === "evil") expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
  });
});

test("a report of long curves and many layers stays below 400 kB", () => {
  const epochs = Array.from({ length: 1000 }, (_, i) => i + 1);
  const values = epochs.map((epoch) => 1 / epoch + Math.sin(epoch) / 7);
  const curves = Array.from({ length: 20 }, (_, i) => ({
    seed: i + 1,
    epochs,
    train: values,
    validation: values,
    trainScore: values,
    score: values,
  }));
  const names = Array.from({ length: 60 }, (_, i) => `layer_${i}`);
  const heat = names.map(() => values);
  const layers = { epochs, names, dead: heat, gradient: heat, update: heat };
  const html = renderHtml({ ...samples.stuck, curves: { before: curves, after: curves }, layers });
  expect(html.length).toBeLessThan(400_000);
  expect(embedded(html).curves?.before[0].epochs.at(-1)).toBe(1000);
});

describe("h", () => {
  test("escapes text and attributes, and leaves out what is not there", () => {
    const node = h("p", { title: `"<&'`, hidden: true, id: null, class: false }, "<b>&", 0, null, false, [
      h("br", null),
    ]);
    expect(render(node)).toBe(`<p title="&quot;&lt;&amp;&#39;" hidden>&lt;b&gt;&amp;0<br></p>`);
  });

  test("refuses raw text that could close its element", () => {
    expect(() => render(h("script", null, "</script>"))).toThrow();
  });
});

describe("an axis", () => {
  test.each([
    [
      [0, 1],
      ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"],
    ],
    [
      [2.3, 2.31],
      ["2.300", "2.302", "2.304", "2.306", "2.308", "2.310"],
    ],
    [
      [0, 40_000],
      ["0", "10,000", "20,000", "30,000", "40,000"],
    ],
    [[5], ["4.6", "4.8", "5.0", "5.2", "5.4"]],
    [[], ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]],
  ])("of %j", (values, ticks) => {
    const axis = linearAxis(values, {});
    expect(axis.ticks.map(axis.show)).toEqual(ticks);
  });

  test("tells shares and points in percent", () => {
    const shares = linearAxis([0.5, 0.9], { unit: "percent" });
    expect(shares.ticks.map(shares.show)).toEqual(["50 %", "60 %", "70 %", "80 %", "90 %"]);
    const points = linearAxis([-0.1, 0.1], { unit: "points" });
    expect(points.ticks.map(points.show)).toEqual(["−10", "−5", "0", "+5", "+10"]);
  });

  test("keeps all values inside, and turns round when it goes down", () => {
    const [across, down] = [linearAxis([3, NaN, 7], {}), linearAxis([3, 7], { down: true })];
    expect([across.at(3), across.at(7)]).toEqual([3.7, 96.3]);
    expect(down.at(3)).toBeCloseTo(96.3);
  });

  test("has powers of ten when logarithmic, some left out when many", () => {
    expect(logAxis([1e-6, 10], { show: String }).ticks).toEqual([1e-6, 1e-4, 0.01, 1]);
    expect(logAxis([0.2, 30], { show: String }).ticks).toEqual([1, 10]);
  });
});
