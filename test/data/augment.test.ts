import { describe, expect, it, test } from "vitest";
import { augmentBatch, augmentOf } from "../../src/data/augment/augment.ts";
import type { Augment, Batch } from "../../src/data/augment/batch.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import { prepare } from "../../src/data/prepare.ts";
import type { AugmentationName } from "../../src/plan/augmentation.ts";
import { classes, dense, plan as sketched } from "../engine/small.ts";
import { csv, datasetOf, planOf } from "./helpers.ts";

const of = (shape: number[], name: AugmentationName, amount: number, rest: Partial<Augment> = {}): Augment => ({
  shape,
  steps: [{ name, amount }],
  blank: 0,
  low: 0,
  high: 1,
  std: [1],
  ...rest,
});
const batch = (x: number[], rows = 1, y: number[] = []): Batch => ({
  x: Float32Array.from(x),
  y: Float32Array.from(y),
  rows,
  real: rows,
});
/** Many rows alike, augmented. */
const drawn = (augment: Augment, row: number[], rows = 2000, step = 0) => {
  const all = batch(Array.from({ length: rows }, () => row).flat(), rows);
  augmentBatch(augment, all, 1, step);
  return Array.from({ length: rows }, (_, i) => [...all.x.subarray(i * row.length, (i + 1) * row.length)]);
};
const share = (rows: number[][], is: (row: number[]) => boolean) => rows.filter(is).length / rows.length;
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const std = (values: number[]) => Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)));

describe("what is done to a row", () => {
  test("flip turns left to right as often as it says", () => {
    const rows = drawn(of([1, 3, 1], "flip", 0.3), [1, 2, 3]);
    expect(share(rows, (row) => row.join() === "3,2,1")).toBeCloseTo(0.3, 1);
    expect(share(rows, (row) => row.join() === "1,2,3")).toBeCloseTo(0.7, 1);
  });

  test("shift moves by up to the amount of the side, both ways, and reflects at the edge", () => {
    const rows = drawn(of([1, 4, 1], "shift", 0.25), [0, 1, 2, 3]);
    // By s to the left, s in 0 … 1: 0 + s, 1 + s, 2 + s, 3.
    expect(rows.every((row) => row.every((value) => value >= 0 && value <= 3))).toBe(true);
    const middle = rows.map((row) => row[1]);
    expect(Math.min(...middle)).toBeLessThan(0.1);
    expect(Math.max(...middle)).toBeGreaterThan(1.9);
    expect(mean(middle)).toBeCloseTo(1, 1);
  });

  test("rotate by up to the share of a full turn, about the middle", () => {
    const cross = [0, 1, 0, 0, 2, 0, 0, 0, 0];
    const rows = drawn(of([3, 3, 1], "rotate", 0.25), cross);
    expect(rows.every((row) => Math.abs(row[4] - 2) < 1e-6)).toBe(true);
    // A quarter turn to either side brings the 1 to the left or to the right, never down.
    expect(Math.max(...rows.map((row) => row[3]))).toBeGreaterThan(0.95);
    expect(Math.max(...rows.map((row) => row[5]))).toBeGreaterThan(0.95);
    expect(Math.max(...rows.map((row) => row[7]))).toBeLessThan(0.2);
  });

  test("zoom keeps the middle and both directions together; stretch moves time alone", () => {
    const ramp = [0, 1, 2, 3, 4];
    const wide = drawn(of([1, 5, 1], "zoom", 0.2), ramp).map((row) => row[3] - row[2]);
    expect(Math.min(...wide)).toBeGreaterThan(0.79);
    expect(Math.max(...wide)).toBeLessThan(1.21);
    expect(std(wide)).toBeCloseTo(0.2 / Math.sqrt(3), 1);
    const sound = drawn(of([5, 2], "stretch", 0.2), [0, 7, 1, 7, 2, 7, 3, 7, 4, 7]);
    expect(sound.every((row) => row[1] === 7 && Math.abs(row[4] - 2) < 1e-6)).toBe(true);
    expect(std(sound.map((row) => row[6] - row[4]))).toBeCloseTo(0.2 / Math.sqrt(3), 1);
  });

  test("brightness is the same for all pixels and stays in their range", () => {
    const rows = drawn(of([1, 2, 1], "brightness", 0.5), [0.4, 0.9]);
    expect(rows.every(([, b]) => b <= 1)).toBe(true);
    expect(Math.min(...rows.map(([a]) => a))).toBe(0);
    expect(rows.filter(([, b]) => b < 1 && b > 0.5).every(([a, b]) => Math.abs(b - a - 0.5) < 1e-6)).toBe(true);
  });

  test("cutout blanks a square of that side with what raw 0 became", () => {
    const rows = drawn(
      of([8, 8, 1], "cutout", 0.5, { blank: -3 }),
      Array.from({ length: 64 }, () => 1),
    );
    const counts = rows.map((row) => row.filter((value) => value === -3).length);
    expect(Math.max(...counts)).toBe(16);
    expect(Math.min(...counts)).toBe(4);
    expect(rows[0].every((value) => value === 1 || value === -3)).toBe(true);
  });

  test("noise comes in spreads of its column", () => {
    const rows = drawn(of([2], "noise", 0.1, { std: [1, 50] }), [5, 1000]);
    expect(std(rows.map(([a]) => a))).toBeCloseTo(0.1, 1);
    expect(std(rows.map(([, b]) => b))).toBeGreaterThan(4.7);
    expect(std(rows.map(([, b]) => b))).toBeLessThan(5.3);
    expect(mean(rows.map(([a]) => a))).toBeCloseTo(5, 1);
  });

  test.each([0.2, 1, 4])("mixup mixes inputs and targets by one share of Beta(%f, %f)", (alpha) => {
    const n = 4000;
    const all = batch(
      Array.from({ length: n }, (_, i) => i % 2),
      n,
      Array.from({ length: n }, (_, i) => [1 - (i % 2), i % 2]).flat(),
    );
    augmentBatch(of([1], "mixup", alpha), all, 1, 0);
    for (let i = 0; i < n; i++) {
      expect(Math.abs(all.y[2 * i + 1] - all.x[i])).toBeLessThan(1e-6);
      expect(Math.abs(all.y[2 * i] + all.y[2 * i + 1] - 1)).toBeLessThan(1e-6);
    }
    // Half of the pairs are of two kinds; the variance of Beta(α, α) is 1 / (4 (2α + 1)).
    const shares = [...all.x].map((value, i) => (i % 2 ? value : 1 - value)).filter((value) => value !== 1);
    expect(mean(shares.map((value) => (value - 0.5) ** 2))).toBeCloseTo(1 / (4 * (2 * alpha + 1)), 1);
  });

  test("rows that only fill a batch are mixed into none", () => {
    const all = { ...batch([0, 0, 9], 3, [0, 0, 9]), real: 2 };
    augmentBatch(of([1], "mixup", 1), all, 1, 0);
    expect([...all.x]).toEqual([0, 0, 9]);
  });

  test("moves that follow each other are one", () => {
    const both = {
      ...of([1, 4, 1], "flip", 1),
      steps: [
        { name: "flip" as const, amount: 1 },
        { name: "flip" as const, amount: 1 },
      ],
    };
    expect(drawn(both, [1, 2, 3, 4], 1)).toEqual([[1, 2, 3, 4]]);
  });

  test("each row and each step has a draw of its own, the same in every run", () => {
    const noise = of([1], "noise", 1);
    expect(new Set(drawn(noise, [0], 100).flat()).size).toBe(100);
    expect(drawn(noise, [0], 5, 1)).not.toEqual(drawn(noise, [0], 5, 0));
    expect(drawn(noise, [0], 5)).toEqual(drawn(noise, [0], 9).slice(0, 5));
  });
});

describe("what a plan means", () => {
  const images = classes(40, [4, 4, 1], 2);
  const on = (dataset: Dataset, augment: object[], loss?: string) => {
    const plan = sketched({
      network: [{ layer: "flatten" }, dense(2, "softmax")],
      training: { ...(loss && { loss: loss as never }) },
      data: { augment: augment as never, scale: "standard" },
    });
    return prepare(plan, dataset, 1, 2).augment;
  };

  it("silence means the stated amounts, and black is what raw 0 became", () => {
    const augment = on(images, [{ name: "shift" }, { name: "cutout" }])!;
    expect(augment.steps).toEqual([
      { name: "shift", amount: 0.1 },
      { name: "cutout", amount: 0.5 },
    ]);
    const { inputScale } = prepare(sketched({ network: [dense(2)], data: { scale: "standard" } }), images, 1, 2);
    expect(augment.blank).toBeCloseTo(-inputScale.shift[0] / inputScale.factor[0], 6);
    expect(augment.std[0]).toBeCloseTo(1, 3);
  });

  it("without augmentation there is nothing", () => expect(on(images, [])).toBeUndefined());

  it("sequences of a table have the spread of their column at every step", () => {
    const table = csv("a,b,y", 60, (i) => [i % 7, 100 * (i % 5), i]);
    const plan = planOf({ window: { steps: 3, ahead: 1 }, augment: [{ name: "noise" }], task: "regression" });
    const { std } = prepare(plan, datasetOf(table, plan), 1, 1).augment!;
    expect(std.map(Math.round)).toEqual([2, 141, 2, 141, 2, 141]);
  });

  const sounds = classes(40, [6, 3], 2);
  const rows = classes(40, [6], 2);
  it.each([
    [rows, [{ name: "flip" }], undefined, "rows of a table"],
    [sounds, [{ name: "rotate" }], undefined, "sounds"],
    [images, [{ name: "noise" }, { name: "stretch" }], undefined, "[1]"],
    [images, [{ name: "zoom", amount: 1 }], undefined, "zoom of 1"],
    [images, [{ name: "flip", amount: 1.5 }], undefined, "flip of 1.5"],
    [images, [{ name: "mixup" }], "sparseCategoricalCrossentropy", "sparseCategoricalCrossentropy"],
  ])("refused: %#", (dataset, augment, loss, why) => {
    expect(() => on(dataset, augment, loss)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(why) }) as never,
    );
  });

  it("tokens are not augmented", () => {
    const plan = sketched({ network: [dense(2)], data: { augment: [{ name: "noise" }] } });
    const data = {
      x: new Float32Array(0),
      train: new Uint32Array(0),
      inputScale: { kind: "none" as const, shift: [0], factor: [1] },
    };
    expect(() => augmentOf(plan, { ...rows, task: "sequence" }, data)).toThrow("tokens");
  });
});
