/** Augmentation that destroys what tells the classes apart is found, proved and taken out. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fixPlan } from "../../src/node.ts";
import { normal, stream } from "../../src/random.ts";

const [ROWS, SIDE] = [400, 6];

/** IDX, unsigned bytes. */
const idx = (dims: number[], values: Uint8Array): Uint8Array => {
  const head = new DataView(new ArrayBuffer(4 + 4 * dims.length));
  head.setUint8(2, 8);
  head.setUint8(3, dims.length);
  dims.forEach((n, i) => {
    head.setUint32(4 + 4 * i, n);
  });
  return Uint8Array.from([...new Uint8Array(head.buffer), ...values]);
};

/** Noise, a little brighter on the left or on the right: turned over, one is the other. */
function writeSides(folder: string): void {
  const base = stream(3);
  const labels = Uint8Array.from({ length: ROWS }, (_, row) => row % 2);
  const pixels = Uint8Array.from({ length: ROWS * SIDE * SIDE }, (_, i) => {
    const bright = i % SIDE < SIDE / 2 === (labels[Math.floor(i / (SIDE * SIDE))] === 0);
    return Math.min(255, Math.max(0, Math.round((bright ? 150 : 105) + 60 * normal(base, i))));
  });
  writeFileSync(join(folder, "images"), idx([ROWS, SIDE, SIDE], pixels));
  writeFileSync(join(folder, "labels"), idx([ROWS], labels));
}

it("flip, where left and right are the classes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "unstuck-"));
  writeSides(folder);
  const plan = {
    data: {
      source: { images: "images", labels: "labels" },
      target: "side",
      scale: { divideBy: 255 },
      augment: ["flip"],
    },
    network: [
      { layer: "flatten" },
      { layer: "dense", units: 12, activation: "relu" },
      { layer: "dense", units: 2, activation: "softmax" },
    ],
    training: { loss: "sparseCategoricalCrossentropy", optimizer: { name: "adam", learningRate: 0.005 }, epochs: 20 },
  };
  writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
  const report = await fixPlan(join(folder, "plan.json"), { trainings: 150 });
  rmSync(folder, { recursive: true });
  expect(report.verdict).toBe("stuck");
  expect(report.causes[0]).toMatchObject({ id: "over-regularised", proof: "verified" });
  expect(report.prescription?.changes.map(({ path }) => path)).toEqual(["data.augment"]);
  expect(report.metric.after!.mean).toBeGreaterThan(report.metric.before!.mean + 0.2);
}, 120_000);
