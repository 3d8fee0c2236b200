import { describe, expect, test } from "vitest";
import { isImages } from "../../src/data/dataset.ts";
import { prepare } from "../../src/data/prepare.ts";
import { profile } from "../../src/data/profile.ts";
import { baselines } from "../../src/data/simple/baselines.ts";
import { naiveForecast } from "../../src/data/simple/naive.ts";
import { csv, datasetOf, messageOf, planOf } from "./helpers.ts";

const series = csv("t,a,y", 10, (i) => [`2024-01-${String(i + 1).padStart(2, "0")}`, i, 100 + i]);
const window = { steps: 3, ahead: 2 };
const base = { window, features: ["a", "y"], task: "regression", validation: { fraction: 0.4, split: "tail" } };

const made = (text: string, data: object) => {
  const plan = planOf(data);
  const dataset = datasetOf(text, plan);
  return { plan, dataset, p: prepare(plan, dataset, 1, 1) };
};
const inputs = (text: string, data: object) => {
  const { dataset } = made(text, data);
  const { x, shape, rows } = dataset.table;
  const size = shape[0] * shape[1];
  return Array.from({ length: rows }, (_, i) => [...x.subarray(i * size, (i + 1) * size)]);
};

describe("sequences of rows", () => {
  test("the last steps are the inputs, the target stands `ahead` rows later, and the row is that of the target", () => {
    const { dataset } = made(series, base);
    expect(dataset.table).toMatchObject({ rows: 6, shape: [3, 2], features: ["a", "y"], fileRowCount: 10 });
    expect(inputs(series, base)[0]).toEqual([0, 100, 1, 101, 2, 102]);
    expect([...(dataset.table.target as { values: Float32Array }).values]).toEqual([104, 105, 106, 107, 108, 109]);
    expect([...dataset.table.fileRows!]).toEqual([4, 5, 6, 7, 8, 9]);
    expect(isImages(dataset.table)).toBe(false);
  });

  test("a tail of targets is validated on, and nothing that is trained on reaches into it", () => {
    const { p, dataset } = made(series, base);
    const target = (row: number) => dataset.table.fileRows![row];
    expect([...p.train].map(target)).toEqual([4, 5, 6, 7]);
    expect([...p.validation].map(target)).toEqual([8, 9]);
  });

  test.each([
    ["a column of times puts the rows in order", { split: { time: "t" } }],
    ["so it does for the test rows", { split: "tail" }, { fraction: 0.2, split: { time: "t" } }],
  ])("%s", (_, split, held: object | null = null) => {
    const [head, ...rows] = series.split("\n");
    const mixed = [head, ...rows.toReversed()].join("\n");
    const data = { ...base, validation: { fraction: 0.4, ...split }, test: held };
    expect(inputs(mixed, data)).toEqual(inputs(series, base));
    expect([...made(mixed, data).dataset.table.fileRows!]).toEqual([5, 4, 3, 2, 1, 0]);
  });

  test("no sequence runs across a dropped row or from group to group", () => {
    const dropped = made(series, { ...base, window: { steps: 2, ahead: 1 }, drop: [4] });
    expect([...dropped.dataset.table.fileRows!]).toEqual([2, 3, 7, 8, 9]);
    const two = csv("g,a,y", 8, (i) => [i < 4 ? "u" : "v", i, i]);
    const apart = { ...base, window: { steps: 2, ahead: 1 }, validation: { fraction: 0.5, split: { group: "g" } } };
    expect([...made(two, apart).dataset.table.fileRows!]).toEqual([2, 3, 6, 7]);
  });

  test("a column is scaled and told of at all its steps", () => {
    const { p, plan, dataset } = made(series, { ...base, validation: null, scale: "minmax" });
    expect(p.inputScale).toMatchObject({ shift: [0, 100], factor: [7, 7] });
    const { columns, features } = profile(plan, dataset, p);
    expect(columns.map(({ name, min, max }) => [name, min, max])).toEqual([
      ["a", 0, 1],
      ["y", 0, 1],
    ]);
    expect(features).toBe(6);
  });

  test("missing cells: the sequences that hold one are dropped", () => {
    const gap = csv("a,y", 6, (i) => [i === 2 ? "" : i, i]);
    const { p } = made(gap, { window: { steps: 2, ahead: 1 }, task: "regression", missing: "drop", validation: null });
    expect([...p.train]).toEqual([0, 3]);
  });

  test("an own source has sequences of its own", () => {
    const plan = planOf({ ...base, validation: { source: "val.csv" } });
    const { validation } = datasetOf(series, plan, { validation: series });
    expect(validation).toMatchObject({ rows: 6, shape: [3, 2] });
  });

  test("what runs backwards or leaves the past of the target out is told", () => {
    const late = csv("t,a,y", 20, (i) => [`2024-01-${String(30 - i)}`, i, i]);
    const told = (data: object) =>
      made(late, data).dataset.notes.filter((one) => /backwards|Past values of y|overlap/.test(one)).length;
    expect(told({ ...base, features: ["a"] })).toBe(2);
    expect(told({ ...base, features: ["a"], validation: { split: "random" } })).toBe(3);
  });

  test.each([
    [{ ...base, window: { steps: 20, ahead: 1 } }, "20 steps"],
    [{ ...base, window: null }, "data.features"],
    [{ ...base, task: "sequence", tokens: "word", target: "t", features: ["a"] }, "data.window"],
  ])("refused: %j", (data, why) => {
    expect(messageOf(() => made(series, data))).toContain(why);
  });
});

describe("times", () => {
  test("rows of one time stay on one side, as nearly as many as asked for", () => {
    const years = csv("year,a,y", 10, (i) => [2000 + Math.floor(i / 3), i, i % 2]);
    const plan = planOf({ validation: { fraction: 0.3, split: { time: "year" } } });
    expect([...prepare(plan, datasetOf(years, plan), 1, 1).validation]).toEqual([6, 7, 8, 9]);
    const one = csv("year,a,y", 4, (i) => [2000, i, i % 2]);
    expect(messageOf(() => prepare(plan, datasetOf(one, plan), 1, 1))).toContain("data.validation.split");
  });
});

describe("naive forecast", () => {
  const metric = (name: "r2" | "accuracy" | "mae") => ({ name, k: 5 });

  test("tells the last value again", () => {
    const { dataset, p } = made(series, base);
    // Two rows later the value is 2 higher.
    expect(naiveForecast(dataset, p, metric("mae"))).toEqual([{ name: "naive forecast", value: 2 }]);
  });

  test("of classes the last one: on one that changes every day it is always wrong", () => {
    const days = csv("day,a,y", 40, (i) => [i, i, i % 2 ? "up" : "down"]);
    const { dataset, p } = made(days, { validation: { fraction: 0.25, split: { time: "day" } } });
    expect(naiveForecast(dataset, p, metric("accuracy"))[0].value).toBe(0);
    expect(baselines(dataset, p, metric("accuracy")).find(({ name }) => name === "majority class")?.value).toBe(0.5);
  });

  test("rows without a known order have none", () => {
    const { dataset, p } = made(series, { ...base, window: null, features: ["a"] });
    expect(naiveForecast(dataset, p, metric("r2"))).toEqual([]);
    const again = csv("a,y", 12, (i) => [i % 3, i % 3]);
    const fewer = made(again, { ...base, window: { steps: 2, ahead: 1 }, drop: "duplicates" });
    expect(fewer.dataset.table.rows).toBe(3);
    expect(naiveForecast(fewer.dataset, fewer.p, metric("r2"))).toEqual([]);
  });
});
