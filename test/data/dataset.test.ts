/** From columns to a Dataset: which columns are used and how, what the task is, what is refused. */
import { describe, expect, test } from "vitest";
import { datasetKey } from "../../src/data/build.ts";
import { sourceRow } from "../../src/data/dataset.ts";
import { csv, datasetOf, messageOf, planOf } from "./helpers.ts";

const letters = (i: number) => "abc"[i % 3];

describe("features", () => {
  test("text is one-hot, in sorted order, and said; a missing category is missing in each of its columns", () => {
    const { table, notes } = datasetOf("a,c,y\n1,red,0\n2,blue,1\n3,?,0\n", planOf({}));
    expect(table.features).toEqual(["a", "c=blue", "c=red"]);
    expect([...table.x]).toEqual([1, 0, 1, 2, 1, 0, 3, Number.NaN, Number.NaN]);
    expect(notes.join()).toMatch(/Column c .*one-hot.* 2 columns/);
  });
  test("many values, and dates, are left out and said", () => {
    const text = csv("id,day,iso,a,y", 60, (i) => [
      `n${i}`,
      `${(i % 28) + 1}.3.2024`,
      `2024-03-0${(i % 3) + 1}`,
      i,
      i % 2,
    ]);
    const { table, notes } = datasetOf(text, planOf({}));
    expect(table.features).toEqual(["a"]);
    expect(notes.filter((one) => one.includes("left out"))).toHaveLength(3);
  });
  test("the order of data.features is the order of the inputs", () => {
    const { table } = datasetOf("a,b,c,y\n1,2,3,0\n4,5,6,1", planOf({ features: ["c", "a"] }));
    expect([...table.x]).toEqual([3, 1, 6, 4]);
  });
  test("the columns of group and time are no features, unless they are asked for", () => {
    const plan = (more: object) => planOf({ validation: { fraction: 0.5, split: { group: "g" } }, ...more });
    const text = csv("a,g,y", 8, (i) => [i, i >> 1, i % 2]);
    expect(datasetOf(text, plan({})).table.features).toEqual(["a"]);
    expect(datasetOf(text, plan({ features: ["a", "g"] })).table.features).toEqual(["a", "g"]);
  });
  test("an own source is encoded as the training source; what that lacks is 0, and said", () => {
    const plan = planOf({ validation: { source: "val.csv" } });
    const dataset = datasetOf("c,a,y\nx,1,p\nz,2,q\n", plan, { validation: "y,a,c,more\nq,3,z,9\nr,4,w,9\n" });
    expect([...dataset.validation!.x]).toEqual([0, 1, 3, 0, 0, 4]);
    expect([...(dataset.validation!.target as { labels: Float32Array }).labels]).toEqual([1, 2]);
    expect(dataset.validation!.target).toMatchObject({ names: ["p", "q", "r"] });
    expect(dataset.notes.join()).toMatch(/Column c .*: w/);
  });
});

describe("refused, with the place and what to do", () => {
  test.each<[string, object, string, RegExp]>([
    [
      "an unknown target",
      { target: "specis" },
      "a,species\n1,x\n2,y",
      /no column "specis", did you mean "species"\? Its columns are a, species/,
    ],
    ["an unknown feature", { features: ["aa"] }, "a,y\n1,0\n2,1", /no column "aa", did you mean "a"\?.*data\.features/],
    ["a target among the features", { features: ["a", "y"] }, "a,y\n1,0\n2,1", /data\.features: column "y"/],
    ["no header", {}, "1,2\n3,4\n5,6", /column "y".*first line/],
    [
      "text among numbers",
      {},
      csv("a,y", 20, (i) => [i === 6 ? "7b" : i, i % 2]),
      /d\.csv: row 7 \(line 8\), column "a": "7b" is text in a column of numbers/,
    ],
    [
      "an unknown word for missing",
      {},
      csv("a,y", 10, (i) => [i % 3 ? i : "-", i % 2]),
      /row 1 \(line 2\), column "a": "-"/,
    ],
    ["text in a numeric target", {}, csv("a,y", 20, (i) => [i, i === 3 ? "x" : i / 7]), /row 4 \(line 5\), column "y"/],
    ["nothing to learn from", {}, csv("a,y", 60, (i) => [`n${i}`, i % 2]), /no column is left/],
    ["a regression of text", { task: "regression" }, "a,y\n1,x\n2,z", /column "y".*regression/],
    [
      "an unmapped text",
      { labels: { x: 0 } },
      "a,y\n1,x\n2,z",
      /row 2 \(line 3\), column "y": data\.labels has no entry for "z"/,
    ],
    ["a dropped row that is none", { drop: [2] }, "a,y\n1,x\n2,z", /data\.drop: d\.csv .* 2\. It has 2 rows/],
    ["all rows dropped", { drop: [0, 1] }, "a,y\n1,x\n2,z", /data\.drop/],
    ["a relabelled row that is none", { relabel: { 9: "x" } }, "a,y\n1,x\n2,z", /data\.relabel\.9/],
    ["a label that is no number", { relabel: { 0: "x" } }, "a,y\n1,0\n2,1", /"x".*"y"/],
    [
      "rows with two classes",
      { target: ["a", "b"], task: "classification" },
      "a,b,c\n1,0,1\n1,1,1",
      /row 2 \(line 3\)/,
    ],
    [
      "a time that is none",
      { validation: { split: { time: "t" } } },
      "t,a,y\n2024-01-01,1,0\nsoon,2,1\n2024-01-03,3,1",
      /column "t": "soon"/,
    ],
    ["a sequence of two columns", { task: "sequence" }, "a,b,y\n1,2,0\n2,3,1", /data\.features.* 2\b/],
  ])("%s", (_, data, text, why) => {
    const message = messageOf(() => datasetOf(text, planOf(data)));
    expect(message).toMatch(why);
    expect(message).toMatch(/^UserError/);
  });
});

describe("the task, where the Plan is silent", () => {
  const integers = (n: number, distinct: number) => csv("a,y", n, (i) => [i, i % distinct]);
  const mse = { training: { loss: "mse" } };
  const softmax = { network: [{ layer: "dense", units: 9, activation: "softmax" }] };
  test.each<[string, object, object, string, string]>([
    ["text", {}, {}, csv("a,y", 9, (i) => [i, letters(i)]), "classification"],
    ["text, whatever the loss", {}, mse, csv("a,y", 9, (i) => [i, letters(i)]), "classification"],
    ["two values", {}, mse, integers(6, 2), "classification"],
    ["few integers in many rows", {}, {}, integers(200, 9), "classification"],
    ["integers with a decimal point", {}, {}, csv("a,y", 200, (i) => [i, `${i % 4}.0`]), "classification"],
    ["few integers in few rows", {}, {}, integers(100, 9), "regression"],
    ["many integers", {}, {}, integers(2000, 30), "regression"],
    [
      "numbers that are not integers",
      {},
      { training: { loss: "categoricalCrossentropy" } },
      csv("a,y", 99, (i) => [i, i / 7]),
      "regression",
    ],
    [
      "integers and a cross-entropy",
      {},
      { training: { loss: "sparse_categorical_crossentropy" } },
      integers(100, 30),
      "classification",
    ],
    ["integers and a softmax", {}, softmax, integers(30, 9), "classification"],
    ["integers and squared error", {}, mse, integers(2000, 9), "regression"],
    ["integers, squared error and accuracy", {}, { ...mse, metric: "accuracy" }, integers(2000, 9), "classification"],
    [
      "many integers, squared error and accuracy",
      {},
      { ...mse, metric: "accuracy" },
      integers(2000, 300),
      "regression",
    ],
    ["integers and r2", {}, { metric: "r2" }, integers(2000, 9), "regression"],
    [
      "columns with one 1 per row",
      { target: ["p", "q"] },
      {},
      csv("a,p,q", 9, (i) => [i, i % 2, 1 - (i % 2)]),
      "classification",
    ],
    ["columns of 0 and 1", { target: ["p", "q"] }, {}, csv("a,p,q", 9, (i) => [i, i % 2, 1]), "multilabel"],
    ["columns of numbers", { target: ["p", "q"] }, {}, csv("a,p,q", 9, (i) => [i, i, 1]), "regression"],
    ["the Plan speaks", { task: "regression" }, softmax, integers(200, 2), "regression"],
  ])("%s: %s", (_, data, rest, text, task) => {
    const dataset = datasetOf(text, planOf(data, rest));
    expect(dataset.task).toBe(task);
    expect(dataset.notes.some((one) => one.startsWith("Task:"))).toBe(!("task" in data));
  });
});

describe("the target", () => {
  const target = (text: string, data: object = {}) => datasetOf(text, planOf(data)).table.target;
  test("text is numbered in sorted order; a missing one is NaN", () => {
    expect(target("a,y\n1,c\n2,a\n3,\n4,b\n5,a")).toMatchObject({
      labels: Float32Array.of(2, 0, Number.NaN, 1, 0),
      names: ["a", "b", "c"],
      values: [0, 1, 2],
      encoding: "text",
    });
  });
  test("integers stay as they are", () => {
    expect(target("a,y\n1,-1\n2,1\n3,-1")).toMatchObject({
      labels: Float32Array.of(-1, 1, -1),
      names: ["-1", "1"],
      values: [-1, 1],
      encoding: "integer",
    });
  });
  test("one-hot columns become the number of the column", () => {
    expect(target("a,p,q,r\n1,0,0,1\n2,1,0,0\n3,0,1,0", { target: ["p", "q", "r"] })).toMatchObject({
      labels: Float32Array.of(2, 0, 1),
      names: ["p", "q", "r"],
      encoding: "oneHot",
    });
  });
  test("labels say what a value means, however the file writes the number", () => {
    const expected = { labels: Float32Array.of(0, 1, 0), values: [0, 1], encoding: "integer" };
    expect(target("a,y\n1,1\n2,2\n3,1", { labels: { 1: 0, 2: 1 } })).toMatchObject({ ...expected, names: ["1", "2"] });
    expect(target("a,y\n1,1.0\n2,2.00\n3,1", { labels: { 1: 0, 2: 1 } })).toMatchObject(expected);
    expect(target("a,y\n1,no\n2,yes\n3,never", { labels: { no: 0, never: 0, yes: 1 } })).toMatchObject({
      ...expected,
      names: ["no / never", "yes"],
    });
    const numbers = target("a,p,q\n1,no,1\n2,yes,5", { target: ["p", "q"], labels: { no: 0, yes: 9 } });
    expect(numbers).toMatchObject({ kind: "numbers", values: Float32Array.of(0, 1, 9, 5) });
  });
  test("relabel counts the rows of the file, before any are dropped", () => {
    const text = "a,y\n1,c\n2,a\n3,b\n4,b";
    expect(target(text, { drop: [0], relabel: { 2: "a", 3: "d" } })).toMatchObject({
      labels: Float32Array.of(0, 0, 1),
      names: ["a", "d"],
    });
    expect(target("a,y\n1,1\n2,2", { labels: { 1: 0, 2: 1 }, relabel: { 0: "2" } })).toMatchObject({
      labels: Float32Array.of(1, 1),
    });
    expect(target("a,p,q\n1,0,1\n2,1,0", { target: ["p", "q"], relabel: { 0: "p" } })).toMatchObject({
      labels: Float32Array.of(0, 0),
    });
  });
});

describe("dropped rows", () => {
  test("row numbers: the others remember which row of the file they were", () => {
    const dataset = datasetOf(
      csv("a,y", 6, (i) => [i, i % 2]),
      planOf({ drop: [1, 4] }),
    );
    expect([...dataset.table.x]).toEqual([0, 2, 3, 5]);
    expect([0, 1, 2, 3].map((row) => sourceRow(dataset, row).row)).toEqual([0, 2, 3, 5]);
    expect(dataset.table.fileRowCount).toBe(6);
  });
  test("duplicates: the first of equal inputs and targets stays, as a plain comparison finds them", () => {
    const rows = Array.from({ length: 300 }, (_, i) =>
      [(i * 7) % 5, i % 11 === 0 ? "" : (i * 3) % 4, "pq"[i % 2]].join(),
    );
    const dataset = datasetOf(["a,b,y", ...rows].join("\n"), planOf({ drop: "duplicates" }));
    const first = rows.flatMap((row, i) => (rows.indexOf(row) === i ? [i] : []));
    expect([...dataset.table.fileRows!]).toEqual(first);
    expect(dataset.notes.join()).toMatch(`${300 - first.length} duplicate rows`);
  });
});

test("Plans that read the same data the same way have one key", () => {
  const key = (data: object, rest: object = {}) => datasetKey(planOf(data, rest));
  const same = { scale: "standard", missing: "drop", validation: { fraction: 0.5, split: "tail" }, resample: "over" };
  expect(key(same, { training: { epochs: 9, optimizer: "sgd" } })).toBe(key({}));
  for (const other of [
    { drop: [1] },
    { features: ["a"] },
    { validation: { source: "v" } },
    { validation: { split: { group: "g" } } },
  ])
    expect(key(other)).not.toBe(key({}));
  // The task may be inferred from the loss; a task that is given is not.
  expect(key({}, { training: { loss: "mse" } })).not.toBe(key({}));
  expect(key({ task: "regression" }, { training: { loss: "mse" } })).toBe(key({ task: "regression" }));
});
