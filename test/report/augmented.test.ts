import { expect, it } from "vitest";
import { renderHtml } from "../../src/report/html/page.ts";
import { parseReport } from "../../src/report/report.ts";
import { augmentedSamples } from "../../src/report/verdict/augmented.ts";
import { classes, dense, plan } from "../engine/small.ts";
import { example } from "./samples.ts";

const images = classes(40, [6, 6, 1], 2);
const with_ = (augment: string[]) =>
  plan({
    network: [{ layer: "flatten" }, dense(2, "softmax")],
    data: { augment: augment.map((name) => ({ name })) as never },
  });

it("four training images, each as it is and as it is changed, the same in every run", () => {
  const samples = augmentedSamples(with_(["shift", "noise"]), images, 1, 2)!;
  expect(samples).toHaveLength(4);
  for (const { original, changed } of samples) {
    expect(new Set([original, ...changed]).size).toBe(1 + changed.length);
    expect(original).toMatch(/^data:image\//);
  }
  expect(augmentedSamples(with_(["shift", "noise"]), images, 1, 2)).toEqual(samples);
});

it("nothing where nothing is augmented, or no image is", () => {
  expect(augmentedSamples(with_([]), images, 1, 2)).toBeNull();
  expect(augmentedSamples(with_(["noise"]), classes(40, [6], 2), 1, 2)).toBeNull();
});

it("the page shows them, and does not hold them twice", () => {
  const [sample] = augmentedSamples(with_(["shift"]), images, 1, 2)!;
  const report = parseReport(example);
  const html = renderHtml({ ...report, augmented: { of: "given", names: ["shift"], samples: [sample] } });
  expect(html.split(sample.original)).toHaveLength(2);
  expect(renderHtml(report)).not.toContain("data:image");
});
