/** What one seed sees: the split, missing cells, scaling, and the targets as the network sees them. */
import { describe, expect, test } from "vitest";
import { prepare } from "../../src/data/prepare.ts";
import { csv, datasetOf, messageOf, planOf } from "./helpers.ts";

const table = csv("a,b,g,t,y", 40, (i) => [
  i,
  (i * i) % 17,
  `g${i % 8}`,
  `${(i % 28) + 1}.${(i % 3) + 1}.2024`,
  "pqqq"[i % 4],
]);
const only = { features: ["a", "b"] };

function prepared(text: string, data: object, { seed = 1, units = 3, own = {} } = {}) {
  const plan = planOf(data);
  const dataset = datasetOf(text, plan, own);
  return { plan, dataset, p: prepare(plan, dataset, seed, units) };
}

describe("splits", () => {
  const parts = (validation: unknown, seed = 1, more: object = {}) => {
    const { p } = prepared(table, { ...only, validation, ...more }, { seed });
    return { train: [...p.train], validation: [...p.validation], test: [...p.test] };
  };
  const kinds = ["random", "stratified", "tail", { group: "g" }, { time: "t" }];
  test.each(kinds)("%j: every row in one part, in the order of the file", (split) => {
    const { train, validation } = parts({ fraction: 0.25, split });
    expect([...train, ...validation].sort((a, b) => a - b)).toEqual([...Array(40).keys()]);
    expect(validation).toHaveLength(10);
    expect(train).toEqual(train.toSorted((a, b) => a - b));
  });
  test("random and stratified follow the seed, the others do not", () => {
    const differs = kinds.map((split) => String(parts({ split }, 1).train) !== String(parts({ split }, 2).train));
    expect(differs).toEqual([true, true, false, false, false]);
    expect(parts({ split: "random" }, 5)).toEqual(parts({ split: "random" }, 5));
  });
  test("the size is rounded, at least one row on each side", () => {
    const size = (n: number, fraction: number) =>
      prepared(
        csv("a,y", n, (i) => [i, i % 2]),
        { validation: { fraction } },
      ).p.validation.length;
    expect([size(10, 0.25), size(10, 0.24), size(3, 0.01), size(2, 0.99)]).toEqual([3, 2, 1, 1]);
    expect(messageOf(() => size(1, 0.5))).toMatch(/data\.validation: 1 row /);
  });
  test("tail: the last rows", () => {
    expect(parts({ fraction: 0.1, split: "tail" }).validation).toEqual([36, 37, 38, 39]);
  });
  test("stratified: the share of each class", () => {
    const { validation } = parts({ fraction: 0.2, split: "stratified" });
    expect(validation.filter((row) => row % 4 === 0)).toHaveLength(2);
    expect(validation).toHaveLength(8);
    expect(
      messageOf(() =>
        prepared(
          csv("a,y", 9, (i) => [i, i / 7]),
          { validation: { split: "stratified" } },
        ),
      ),
    ).toMatch(/data\.validation\.split/);
  });
  test("group: a group is on one side only", () => {
    const { train, validation } = parts({ fraction: 0.2, split: { group: "g" } });
    const groups = (rows: number[]) => new Set(rows.map((row) => row % 8));
    expect([...groups(train)].filter((group) => groups(validation).has(group))).toEqual([]);
    expect(validation).toHaveLength(10);
  });
  test("time: no training row is later than a validation row, as a sort by date finds them", () => {
    const { train, validation } = parts({ fraction: 0.2, split: { time: "t" } });
    const time = (row: number) => Date.UTC(2024, row % 3, (row % 28) + 1);
    expect(Math.max(...train.map(time))).toBeLessThanOrEqual(Math.min(...validation.map(time)));
  });
  test("test rows are held back first, and are the same for every seed", () => {
    const both = (seed: number) => parts({ fraction: 0.25, split: "random" }, seed, { test: { fraction: 0.2 } });
    const [one, two] = [both(1), both(2)];
    expect(one.test).toEqual(two.test);
    expect(one.validation).not.toEqual(two.validation);
    expect([one.test.length, one.validation.length, one.train.length]).toEqual([8, 8, 24]);
    expect(new Set([...one.train, ...one.validation, ...one.test]).size).toBe(40);
  });
  test("own sources lie behind the table", () => {
    const own = { validation: "a,b,y\n7,7,p\n8,8,q\n", test: "a,b,y\n9,9,q\n" };
    const data = { ...only, validation: { source: "v" }, test: { source: "t" } };
    const { p } = prepared(table, data, { own });
    expect([p.train.length, ...p.validation, ...p.test]).toEqual([40, 40, 41, 42]);
    expect([...p.x.subarray(80)]).toEqual([7, 7, 8, 8, 9, 9]);
    expect(p.x).toHaveLength(86);
  });
  test("without validation all rows are trained on", () => {
    expect(parts(null).train).toHaveLength(40);
  });
  test("a Plan that drops rows divides the others as before", () => {
    const before = parts({ fraction: 0.5, split: "random" }, 3);
    const { p, dataset } = prepared(table, { ...only, validation: { fraction: 0.5 }, drop: [0, 1] }, { seed: 3 });
    const after = new Set([...p.validation].map((row) => dataset.table.fileRows![row]));
    expect(before.validation.filter((row) => row > 1 && !after.has(row)).length).toBeLessThanOrEqual(1);
  });
});

describe("scaling", () => {
  const [n, fraction] = [30, 0.3];
  const text = csv("a,b,y", n, (i) => [100 + i * 3, Math.sin(i), i * 1.5 + 7]);
  const raw = Array.from({ length: n }, (_, i) => [100 + i * 3, Math.sin(i)]);
  const column = (rows: Uint32Array, c: number) => [...rows].map((row) => raw[row][c]);
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const std = (values: number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

  test("standard and minmax are fitted on the training rows alone", () => {
    for (const scale of ["standard", "minmax"] as const) {
      const { p } = prepared(text, { scale, validation: { fraction } });
      for (const c of [0, 1]) {
        const values = column(p.train, c);
        const [min, max] = [Math.min(...values), Math.max(...values)];
        const by = (x: number) =>
          scale === "standard" ? (x - mean(values)) / (std(values) + 1e-8) : (x - min) / (max - min);
        raw.forEach((row, i) => {
          expect(p.x[i * 2 + c]).toBeCloseTo(by(row[c]), 4);
        });
      }
    }
  });
  test("divideBy, and nothing", () => {
    const { p } = prepared(text, { scale: { divideBy: 4 } });
    expect([...p.x.subarray(0, 2)]).toEqual([25, 0]);
    const plain = prepared(text, {});
    expect(plain.p.x).toBe(plain.dataset.table.x);
  });
  test("minmax makes a constant column NaN, standard makes it 0", () => {
    const constant = csv("a,b,y", 6, (i) => [5, i, i % 2]);
    expect(prepared(constant, { scale: "minmax" }).p.x[0]).toBeNaN();
    expect(prepared(constant, { scale: "standard" }).p.x[0]).toBe(0);
  });
  test("the target is scaled by the training rows, and only that of a regression", () => {
    const { p } = prepared(text, { scaleTarget: "standard", task: "regression" });
    const values = [...p.train].map((row) => row * 1.5 + 7);
    expect(p.targetScale.kind).toBe("standard");
    for (let i = 0; i < n; i++) {
      expect(p.y[i]).toBeCloseTo((i * 1.5 + 7 - mean(values)) / (std(values) + 1e-8), 5);
      expect(p.y[i] * p.targetScale.factor[0] + p.targetScale.shift[0]).toBeCloseTo(i * 1.5 + 7, 4);
    }
    expect([...prepared(table, { ...only, scaleTarget: "minmax" }).p.labels!.subarray(0, 4)]).toEqual([0, 1, 1, 1]);
  });
  test("images are scaled by one mean and spread", () => {
    const pixels = Float32Array.from({ length: 4 * 6 }, (_, i) => (i * 37) % 251);
    const plan = planOf({ scale: "standard", validation: null });
    const { dataset } = prepared("a,y\n1,0\n2,1\n3,0\n4,1", { validation: null });
    const images = { ...dataset, table: { ...dataset.table, shape: [2, 3, 1], x: pixels, features: [] } };
    const p = prepare(plan, images, 1, 2);
    expect(p.inputScale.shift).toHaveLength(1);
    const all = [...pixels];
    all.forEach((value, i) => {
      expect(p.x[i]).toBeCloseTo((value - mean(all)) / std(all), 4);
    });
  });
});

describe("missing cells", () => {
  const text = "a,b,y\n1,10,1.5\n2,,2.5\n4,30,\n100,50,3.5\n,20,4.5\n";
  const rows = (missing: string) => prepared(text, { missing, validation: null, task: "regression" }).p;
  test("none: they reach the network", () => {
    const p = rows("none");
    expect(p.train).toHaveLength(5);
    expect([p.x[3], p.x[8], p.y[2]]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
  test("drop: rows with a missing input or target", () => {
    expect([...rows("drop").train]).toEqual([0, 3]);
    expect(messageOf(() => prepared("a,y\n,1.5\n2,\n", { missing: "drop" }))).toMatch(/data\.missing/);
  });
  test("mean and median of the training rows", () => {
    expect([rows("mean").x[3], rows("mean").x[8]]).toEqual([27.5, 26.75]);
    expect([rows("median").x[3], rows("median").x[8]]).toEqual([25, 3]);
    const { p } = prepared(text, { missing: "mean", validation: { fraction: 0.2, split: "tail" }, task: "regression" });
    expect(p.x[8]).toBeCloseTo((1 + 2 + 4 + 100) / 4, 5);
    expect(p.x[3]).toBe(30);
  });
  test("the source itself stays as it was", () => {
    const { dataset } = prepared(text, { missing: "mean", scale: "standard", task: "regression" });
    expect([...dataset.table.x.subarray(0, 2)]).toEqual([1, 10]);
    expect(dataset.table.x[3]).toBeNaN();
  });
});

describe("targets as the network sees them", () => {
  const text = "a,y\n1,0\n2,1\n3,3\n4,-1\n5,\n";
  const y = (units: number) => prepared(text, { task: "classification", validation: null }, { units }).p;
  test("several units: one-hot; outside them zeros, missing NaN", () => {
    const { y: values, width, labels } = y(3);
    expect(width).toBe(3);
    expect([...values]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, Number.NaN, Number.NaN, Number.NaN]);
    expect([...labels!]).toEqual([0, 1, 3, -1, Number.NaN]);
  });
  test("one unit: the label number", () => {
    expect([...y(1).y]).toEqual([0, 1, 3, -1, Number.NaN]);
  });
  test("several labels", () => {
    const { p } = prepared("a,p,q\n1,0,1\n2,1,1\n", { target: ["p", "q"], validation: null }, { units: 2 });
    expect([p.width, ...p.y]).toEqual([2, 0, 1, 1, 1]);
    expect(p.labels).toBeNull();
  });
});

describe("balance", () => {
  const text = csv("a,y", 60, (i) => [i, i % 6 === 0 ? "rare" : i % 2 ? "odd" : "even"]);
  const counts = (p: { train: Uint32Array; labels: Float32Array | null }) =>
    [0, 1, 2].map((label) => p.train.filter((row) => p.labels![row] === label).length);
  test("over: rows of the smaller classes again; under: fewer of the others; validation stays", () => {
    const validation = { fraction: 0.2, split: "stratified" };
    const none = prepared(text, { validation }).p;
    const over = prepared(text, { validation, resample: "over" }).p;
    const under = prepared(text, { validation, resample: "under" }).p;
    expect(counts(none)).toEqual([16, 24, 8]);
    expect(counts(over)).toEqual([24, 24, 24]);
    expect(counts(under)).toEqual([8, 8, 8]);
    expect([...over.validation]).toEqual([...none.validation]);
    expect(new Set(over.train)).toEqual(new Set(none.train));
    expect(new Set(under.train).size).toBe(24);
    expect(
      messageOf(() =>
        prepared(
          csv("a,y", 9, (i) => [i, i / 7]),
          { resample: "over" },
        ),
      ),
    ).toMatch(/data\.(resample|classWeights)/);
  });
  test("balanced weights are those of scikit-learn 1.9.1", () => {
    const { p } = prepared("a,y\n1,0\n2,0\n3,0\n4,1\n5,2\n6,2", {
      classWeights: "balanced",
      validation: null,
      task: "classification",
    });
    // compute_sample_weight("balanced", [0, 0, 0, 1, 2, 2])
    const expected = [0.6666667, 0.6666667, 0.6666667, 2, 1, 1];
    expected.forEach((weight, i) => {
      expect(p.weights![i]).toBeCloseTo(weight, 6);
    });
  });
});

test("seeds share what does not depend on them", () => {
  const plan = planOf({ ...only, scale: { divideBy: 2 } });
  const dataset = datasetOf(table, plan);
  expect(prepare(plan, dataset, 1, 2).x).toBe(prepare(plan, dataset, 2, 2).x);
  const fitted = planOf({ ...only, scale: "standard" });
  expect(prepare(fitted, dataset, 1, 2).x).not.toEqual(prepare(fitted, dataset, 2, 2).x);
  expect(prepare(fitted, dataset, 1, 2)).toEqual(prepare(fitted, dataset, 1, 2));
});
