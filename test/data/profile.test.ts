/** The Profile: what was measured, beside the plain way of measuring it. */
import { describe, expect, test } from "vitest";
import { prepare } from "../../src/data/prepare.ts";
import { profile } from "../../src/data/profile.ts";
import { csv, datasetOf, planOf } from "./helpers.ts";

function profiled(text: string, data: object, own: { validation?: string } = {}, seed = 1) {
  const plan = planOf(data);
  const dataset = datasetOf(text, plan, own);
  const prepared = prepare(plan, dataset, seed, 2);
  return { plan, dataset, prepared, found: profile(plan, dataset, prepared) };
}

const tail = { fraction: 0.25, split: "tail" };

test("columns of each part, before and after scaling", () => {
  const text = csv("a,b,y", 8, (i) => [i, i * 10, i % 2]);
  const { found } = profiled(text, { scale: "minmax", validation: tail });
  expect(found.raw[1]).toEqual({
    name: "b",
    missing: 0,
    distinct: 6,
    min: 0,
    max: 50,
    mean: 25,
    std: Math.sqrt(875 / 3),
  });
  expect(found.columns[0]).toMatchObject({ name: "a", min: 0, max: 1 });
  expect(found.validationColumns[0].mean).toBeCloseTo(1.3, 6);
  expect(found).toMatchObject({ rows: 8, features: 2, shape: [2], images: false, task: "classification" });
  expect(found.split).toEqual({ kind: "tail", train: 6, validation: 2, test: 0 });
});

test("spreads over all cells and columns", () => {
  const { found } = profiled(
    csv("a,b,c,y", 4, (i) => [i, i * 100, 7, i % 2]),
    { validation: null },
  );
  const cells = [0, 1, 2, 3, 0, 100, 200, 300, 7, 7, 7, 7];
  const mean = cells.reduce((a, b) => a + b) / 12;
  expect(found.inputs).toMatchObject({ maxAbs: 300, worst: "b", constant: ["c"] });
  expect(found.inputs.mean).toBeCloseTo(mean, 10);
  expect(found.inputs.std).toBeCloseTo(Math.sqrt(cells.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 12), 8);
  expect(found.inputs.ratio).toBeCloseTo(100, 6);
});

describe("missing cells", () => {
  const text = "a,b,y\n1,,0\n2,5,1\n,,0\n4,6,1\n5,7,0\n6,8,1\n,9,0\n8,1,1\n";
  test("are those that reach the network, with rows of the file", () => {
    const { inputs } = profiled(text, { drop: [1], validation: tail }).found;
    expect(inputs).toMatchObject({ missingRows: 3, missingCells: 4 });
    expect(inputs.missing.find(({ column }) => column === "a")?.rows).toEqual([2, 6]);
    expect(inputs.missing.find(({ column }) => column === "b")?.rows).toEqual([0, 2]);
  });
  test("filled ones do not; those that scaling makes are no missing cells", () => {
    expect(profiled(text, { missing: "mean" }).found.inputs).toMatchObject({ missingCells: 0, missing: [] });
    const constant = profiled(
      csv("a,b,y", 8, (i) => [3, i, i % 2]),
      { scale: "minmax", validation: null },
    ).found;
    expect(constant.inputs).toMatchObject({ missingCells: 0, constant: ["a"] });
    expect(constant.columns[0].missing).toBe(8);
  });
  test("targets", () => {
    const numbers = profiled("a,y\n1,1.5\n2,\n3,2.5\n4,3.5", { task: "regression", validation: null }).found;
    expect(numbers.target).toMatchObject({
      kind: "numbers",
      missing: 1,
      columns: [{ name: "y", min: 1.5, max: 3.5, mean: 2.5 }],
    });
  });
});

test("classes of both parts, those of an own source too", () => {
  const data = { validation: { source: "v" } };
  const { found } = profiled("a,y\n1,x\n2,z\n3,x", data, { validation: "a,y\n1,z\n2,new" });
  expect(found.target).toEqual({
    kind: "classes",
    encoding: "text",
    missing: 0,
    classes: [
      { name: "x", value: 0, train: 2, validation: 0 },
      { name: "z", value: 1, train: 1, validation: 1 },
      { name: "new", value: 2, train: 0, validation: 1 },
    ],
  });
});

test("duplicates, as comparing every pair of rows finds them", () => {
  const row = (i: number) => [(i * 5) % 6, (i * 7) % 4, i % 3 === 0 ? "p" : "q"];
  const { found, prepared } = profiled(csv("a,b,y", 80, row), { validation: { fraction: 0.3 } });
  const text = (i: number) => row(i).join();
  const train = [...prepared.train].map(text);
  expect(found.duplicates).toEqual({
    within: train.length - new Set(train).size,
    across: [...prepared.validation].filter((i) => train.includes(text(i))).length,
  });
  expect(found.duplicates.across).toBeGreaterThan(0);
});

describe("order", () => {
  const order = (n: number, y: (i: number) => number | string) =>
    profiled(
      csv("a,y", n, (i) => [i % 7, y(i)]),
      { validation: null },
    ).found.order;
  const noise = (i: number) => Math.abs(Math.sin(i * 1234.5));
  test.each<[string, (i: number) => number | string, boolean]>([
    ["classes in blocks", (i) => "abc"[Math.floor(i / 34)], true],
    ["classes in turn", (i) => "abc"[i % 3], false],
    ["classes at random", (i) => "abc"[Math.floor(noise(i) * 3)], false],
    ["rising numbers", (i) => i / 7, true],
    ["falling numbers", (i) => -i / 7, true],
    ["a wave", (i) => Math.sin(i / 5), false],
    ["numbers at random", noise, false],
    ["one class", () => "a", false],
  ])("%s", (_, y, sorted) => {
    expect(order(100, y).sorted).toBe(sorted);
  });
  test("runs are counted, and expected of a random order", () => {
    expect(order(12, (i) => "aabbbcaaaacc"[i])).toEqual({
      sorted: false,
      runs: 5,
      expectedRuns: 13 - (36 + 9 + 9) / 12,
    });
  });
});

test("images: all pixels are one column", () => {
  const plan = planOf({ validation: null });
  const dataset = datasetOf("a,y\n1,0\n2,1", plan);
  const x = Float32Array.of(0, 1, 2, 3, 4, 5, 6, 255);
  const images = { ...dataset, table: { ...dataset.table, shape: [2, 2, 1], x, features: [] } };
  const found = profile(plan, images, prepare(plan, images, 1, 2));
  expect(found.images).toBe(true);
  expect(found.columns).toEqual([
    { name: "pixels", missing: 0, distinct: 8, min: 0, max: 255, mean: 34.5, std: expect.any(Number) },
  ]);
});
