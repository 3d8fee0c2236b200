/** The collectors of evidence, on tables whose truth is known. */
import { describe, expect, test } from "vitest";
import { evidence } from "../../src/data/evidence/index.ts";
import { prepare } from "../../src/data/prepare.ts";
import { csv, datasetOf, planOf } from "./helpers.ts";
import { copied, gauss, of, ofImages, told } from "./tables.ts";

describe("blank rows", () => {
  const rows = gauss(100, 3, 1);
  const tail = { validation: { fraction: 0.2, split: "tail" } };
  test("shares of either part, before scaling", () => {
    const table = rows.map((row, i) => (i < 20 || i === 99 ? [7, 7, 7] : row));
    expect(of(table, undefined, { ...tail, scale: "standard" }).blankRows).toEqual({
      train: 0.25,
      validation: 0.05,
      elsewhere: 0,
    });
  });
  test("whether other rows hold the number too; unknown where blank rows hold several", () => {
    const half = rows.map(([a, b], i) => (i % 4 === 0 ? [0, 0] : i % 4 === 1 ? [a, 0] : [a, b]));
    expect(of(half).blankRows!.elsewhere).toBeCloseTo(1 / 6, 10);
    expect(of(rows.map(([a]) => [a, a])).blankRows).toEqual({ train: 1, validation: 1 });
  });
  test("a row with missing cells is not blank, one column never", () => {
    const table = rows.map((row, i) =>
      i < 20 ? [Number.NaN, Number.NaN, Number.NaN] : i < 40 ? [7, Number.NaN, 7] : row,
    );
    expect(of(table).blankRows).toEqual({ train: 0, validation: 0 });
    expect(of(gauss(60, 1, 2)).blankRows).toBeUndefined();
  });
  test("black images", () => {
    const images = gauss(50, 36, 3).map((row, i) => (i % 2 ? row : row.map(() => 0)));
    expect(ofImages(images, 6).blankRows).toEqual({ train: 0.5, validation: 0.5, elsewhere: 0 });
  });
});

describe("single feature", () => {
  const label = (row: number[]): number => Number(row[0] + row[1] + row[2] > 0);
  test("a column that is the target", () => {
    const rows = gauss(400, 4, 1).map((row) => [...row, label(row) * 40 + 2]);
    const found = of(rows, (i) => label(rows[i])).singleFeature!;
    expect(found).toMatchObject({ column: "c4", score: 1 });
    expect(found.others).toBeGreaterThan(0.9);
    const noise = rows.map((row) => [...row.slice(3), row[0] ** 2]);
    expect(of(noise, (i) => label(rows[i])).singleFeature).toMatchObject({ column: "c1", score: 1 });
    expect(of(noise, (i) => label(rows[i])).singleFeature!.others).toBeLessThan(0.7);
  });
  test("a text column counts as one, all its values together", () => {
    const rows = gauss(300, 3, 2);
    const words = (i: number): string => (label(rows[i]) ? ["yes", "sure"] : ["no", "never"])[i % 2];
    const found = of(
      rows.map((row, i) => [words(i), row[0] ** 2, row[1] ** 2]),
      (i) => label(rows[i]),
    ).singleFeature!;
    expect(found).toMatchObject({ column: "c0", score: 1 });
    expect(found.others).toBeLessThan(0.75);
  });
  test("numbers, by r²; a curve is found as well as a line", () => {
    const rows = gauss(400, 3, 3);
    const regression = { task: "regression" };
    const line = of(rows, (i) => 100 + 5 * rows[i][1], regression).singleFeature!;
    expect(line.column).toBe("c1");
    expect(line.score).toBeGreaterThan(0.999);
    expect(line.others).toBeLessThan(0.1);
    const curve = of(rows, (i) => rows[i][2] ** 2, regression).singleFeature!;
    expect(curve.column).toBe("c2");
    expect(curve.score).toBeGreaterThan(0.95);
  });
  test("together the others know more", () => {
    const rows = gauss(400, 3, 4);
    const found = of(rows, (i) => label(rows[i])).singleFeature!;
    expect(found.score).toBeLessThan(0.85);
    expect(found.others).toBeGreaterThan(0.7);
  });
  test("a file sorted by the target gives nothing away", () => {
    const rows = gauss(400, 2, 5).map(([a]) => [a, Math.round(a)]);
    const found = of(rows, (i) => Number(i > 200)).singleFeature!;
    expect(found.score).toBeLessThan(0.65);
  });
  test("of a wide table", () => {
    const rows = gauss(300, 200, 10);
    const found = of(rows, (i) => Number(rows[i][170] + rows[i][180] > 0)).singleFeature!;
    expect(["c170", "c180"]).toContain(found.column);
    expect(found.others).toBeGreaterThan(0.6);
  });
  test("of equal values the order in the file tells nothing", () => {
    const rows = gauss(400, 2, 9).map(([a], i) => [Math.round(a), i > 200 ? a + 1 : a]);
    expect(of(rows, (i) => Number(i > 200)).singleFeature!.column).toBe("c1");
  });
  test("missing cells and classes beyond two", () => {
    const rows = gauss(400, 3, 6)
      .map((row, i) => [...row, i % 4])
      .map((row, i) => row.map((v, c) => ((i + c) % 17 === 0 ? Number.NaN : v)));
    const found = of(rows, (i) => i % 4).singleFeature!;
    expect(found.column).toBe("c3");
    expect(found.score).toBeGreaterThan(0.9);
  });
  test("unknown where nothing is left to compare with", () => {
    expect(of(gauss(100, 1, 7)).singleFeature).toBeUndefined();
    expect(of(gauss(100, 1, 7).map(([a]) => [a, 1])).singleFeature).toBeUndefined();
    expect(ofImages(gauss(60, 16, 8), 4).singleFeature).toBeUndefined();
    const plan = planOf({ task: "classification" });
    const dataset = datasetOf(
      csv("a,b,y", 60, (i) => [i, i % 7, i % 2]),
      plan,
    );
    expect(evidence(dataset, prepare(plan, dataset, 1, 2), { name: "loss", k: 5 }).singleFeature).toBeUndefined();
  });
});

describe("input dependence", () => {
  test("independent columns have none, with few rows too", () => {
    expect(Math.abs(of(gauss(500, 20, 1)).inputDependence!.value)).toBeLessThan(0.002);
    const few = Array.from({ length: 20 }, (_, k) => of(gauss(30, 8, 100 + k)).inputDependence!.value);
    expect(Math.abs(few.reduce((a, b) => a + b, 0) / few.length)).toBeLessThan(0.01);
  });
  test("is the mean squared correlation", () => {
    // Pairs: one with r = 1/√2, two with 0.
    const rows = gauss(2000, 3, 2).map(([a, b, c]) => [a, (a + b) * 50, c]);
    expect(of(rows).inputDependence!.value).toBeCloseTo(0.5 / 3, 1);
    const same = gauss(400, 1, 3).map(([a]) => [a, -a, 2 * a + 1]);
    expect(of(same).inputDependence!.value).toBeCloseTo(1, 1);
  });
  test("constant columns, missing cells and the columns of one category do not count", () => {
    const rows = gauss(400, 4, 4);
    const spoiled = rows.map((row, i) => [5, ...row.map((v, c) => ((i + c) % 11 === 0 ? Number.NaN : v))]);
    expect(Math.abs(of(spoiled).inputDependence!.value)).toBeLessThan(0.005);
    const words = rows.map((row, i) => [["red", "green"][i % 2], ...row]);
    expect(Math.abs(of(words).inputDependence!.value)).toBeLessThan(0.005);
    expect(of(rows.map(([a]) => [a])).inputDependence).toBeUndefined();
  });
  test("wide tables and images", () => {
    const wide = gauss(200, 400, 5).map((row) => row.map((v) => v + 2 * row[0]));
    expect(of(wide).inputDependence!.value).toBeGreaterThan(0.3);
    const drawn = gauss(200, 400, 6).map((row) => row.map((v, i) => v + 5 * Math.sin(row[0] + i / 100)));
    expect(ofImages(drawn, 20).inputDependence!.value).toBeGreaterThan(0.1);
    expect(Math.abs(ofImages(gauss(200, 400, 7), 20).inputDependence!.value)).toBeLessThan(0.01);
  });
});

describe("target drift", () => {
  const rows = gauss(200, 2, 1);
  const tail = { task: "regression", validation: { fraction: 0.2, split: "tail" } };
  test("in units of the training spread, whatever the scaling", () => {
    // Training: 159.5 below the numbers 160 … 199, spread √((160² − 1) / 12).
    const found = of(rows, (i) => i, tail).targetDrift!;
    const spread = Math.sqrt((160 ** 2 - 1) / 12);
    expect(found.rows).toBe(40);
    expect(found.shift).toBeCloseTo(100 / spread, 4);
    expect(found.spread).toBeCloseTo(Math.sqrt((40 ** 2 - 1) / 12) / spread, 4);
    for (const scaleTarget of ["standard", "minmax"])
      expect(of(rows, (i) => i, { ...tail, scaleTarget }).targetDrift!.shift).toBeCloseTo(found.shift, 4);
  });
  test("of several targets the one that moved most", () => {
    const plan = planOf({ ...tail, target: ["u", "v"] });
    const dataset = datasetOf(
      csv("a,u,v", 200, (i) => [i % 5, i % 7, -i]),
      plan,
    );
    expect(told(dataset, prepare(plan, dataset, 1, 2)).targetDrift!.shift).toBeGreaterThan(2);
  });
  test("small at random, unknown for classes, constants and without validation rows", () => {
    const random = of(rows, (i) => (i * 37) % 101, { task: "regression" }).targetDrift!;
    expect(random.shift).toBeLessThan(0.5);
    expect(random.spread).toBeCloseTo(1, 0);
    expect(of(rows).targetDrift).toBeUndefined();
    expect(of(rows, () => 3, tail).targetDrift).toBeUndefined();
    expect(of(rows, (i) => i, { task: "regression", validation: null }).targetDrift).toBeUndefined();
  });
});

test("the same data tell the same", () => {
  const rows = copied(gauss(150, 6, 1), 3, 0.02);
  expect(of(rows)).toEqual(of(rows));
});

test("cells that are missing or not finite spoil nothing", () => {
  const rows = gauss(300, 5, 1).map((row, i) => row.map((v, c) => ((i + 3 * c) % 29 === 0 ? Number.NaN : v)));
  const { blankRows, nearCopies, singleFeature, inputDependence } = of(rows, (i) => i % 2, { scale: "minmax" });
  for (const value of [
    blankRows!.train,
    nearCopies!.share,
    singleFeature!.score,
    singleFeature!.others,
    inputDependence!.value,
  ])
    expect(value).toBeTypeOf("number");
  expect(Number.isFinite(inputDependence!.value)).toBe(true);
  const spoiled = (value: number) => ofImages(gauss(100, 36, 2), 6, (x) => x.fill(value, 40, 44).fill(value, 400, 410));
  const images = spoiled(Number.POSITIVE_INFINITY);
  expect(images).toEqual(spoiled(Number.NaN));
  expect(images.nearCopies).toEqual({ share: 0 });
  expect(Number.isFinite(images.inputDependence!.value)).toBe(true);
});
