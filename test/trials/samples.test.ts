/** Pictures of what augmentation makes of training images. */
import { expect, it } from "vitest";
import { renderHtml } from "../../src/report/html/page.ts";
import { parseReport } from "../../src/report/report.ts";
import { augmentedSamples } from "../../src/trials/augmented.ts";
import { subjectOf } from "../../src/trials/subject.ts";
import { classes, dense, plan } from "../engine/small.ts";
import { example } from "../report/samples.ts";

const images = classes(40, [6, 6, 1], 2);
const samplesOf = (augment: string[], dataset = images) => augmentedSamples(subjectOf(with_(augment), {}, dataset), 1);
const with_ = (augment: string[]) =>
  plan({
    network: [{ layer: "flatten" }, dense(2, "softmax")],
    data: { augment: augment.map((name) => ({ name })) as never },
  });

it("four training images, each as it is and as it is changed, the same in every run", () => {
  const samples = samplesOf(["shift", "noise"])!;
  expect(samples).toHaveLength(4);
  for (const { original, changed } of samples) {
    expect(new Set([original, ...changed]).size).toBe(1 + changed.length);
    expect(original).toMatch(/^data:image\//);
  }
  expect(samplesOf(["shift", "noise"])).toEqual(samples);
});

it("nothing where nothing is augmented, or no image is", () => {
  expect(samplesOf([])).toBeNull();
  expect(samplesOf(["noise"], classes(40, [6], 2))).toBeNull();
});

it("the page shows them, and does not hold them twice", () => {
  const [sample] = samplesOf(["shift"])!;
  const report = parseReport(example);
  const html = renderHtml({ ...report, augmented: { of: "given", names: ["shift"], samples: [sample] } });
  expect(html.split(sample.original)).toHaveLength(2);
  expect(renderHtml(report)).not.toContain("data:image");
});
