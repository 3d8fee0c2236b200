/** The metrics, against scikit-learn 1.9.1 where a formula deserves it and plain counting elsewhere. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Task } from "../../src/data/dataset.ts";
import { better, metricOf, score, worst } from "../../src/data/metrics.ts";
import type { Scored } from "../../src/data/prepare.ts";
import type { MetricName } from "../../src/plan/plan.ts";
import { planOf } from "./helpers.ts";

const none = { kind: "none" as const, shift: [0], factor: [1] };

type Given = {
  outputs: number[][];
  labels?: number[];
  y?: number[][];
  last?: string;
  task?: Task;
  k?: number;
  scale?: Scored["targetScale"];
};

/** Labels alone: the targets are made of them, one-hot if there are several outputs. */
function value(
  name: MetricName,
  { outputs, labels, y, last = "linear", task = "classification", k = 5, scale = none }: Given,
) {
  const units = outputs[0].length;
  const oneHot = (label: number) => (units === 1 ? [label] : outputs[0].map((_, u) => (u === label ? 1 : 0)));
  const targets = y ?? labels!.map(oneHot);
  const scored = {
    y: Float32Array.from(targets.flat()),
    width: targets[0].length,
    labels: labels ? Float32Array.from(labels) : null,
    targetScale: scale,
  };
  const rows = Uint32Array.from(outputs, (_, i) => i);
  return score({ name, k }, Float32Array.from(outputs.flat()), scored, rows, last, task);
}

describe("three classes, as in scikit-learn", () => {
  const labels = [0, 0, 1, 1, 2, 2, 2, 1];
  const outputs = [
    [0.7, 0.2, 0.1],
    [0.3, 0.4, 0.3],
    [0.1, 0.8, 0.1],
    [0.4, 0.3, 0.3],
    [0.2, 0.2, 0.6],
    [0.1, 0.5, 0.4],
    [0.25, 0.25, 0.5],
    [0.2, 0.6, 0.2],
  ];
  test.each<[MetricName, number]>([
    ["accuracy", 0.625],
    ["balancedAccuracy", 0.611111111111111],
    ["f1", 0.6238095238095238], // f1_score(average="macro")
    ["auc", 0.9277777777777777], // roc_auc_score(multi_class="ovr")
  ])("%s", (name, expected) => {
    expect(value(name, { outputs, labels })).toBeCloseTo(expected, 12);
  });
  test("topKAccuracy counts a label whose output fewer than k others pass", () => {
    const plain = (k: number) =>
      outputs.filter((row, i) => row.filter((other) => other > row[labels[i]]).length < k).length / labels.length;
    for (const k of [1, 2, 3]) expect(value("topKAccuracy", { outputs, labels, k })).toBe(plain(k));
  });
  test("a class that is only predicted counts for f1", () => {
    const hard = [0, 2, 1, 1].map((label) => [0, 1, 2].map((u) => (u === label ? 1 : 0)));
    // f1_score([0, 0, 1, 1], [0, 2, 1, 1], average="macro")
    expect(value("f1", { outputs: hard, labels: [0, 0, 1, 1] })).toBeCloseTo(0.5555555555555555, 12);
  });
});

describe("one output, as in scikit-learn", () => {
  const labels = [0, 1, 1, 0, 1, 0, 0, 1];
  const outputs = [0.1, 0.8, 0.4, 0.4, 0.9, 0.6, 0.2, 0.4].map((p) => [p]);
  test.each<[MetricName, number]>([
    ["auc", 0.8125],
    ["f1", 0.5714285714285714],
    ["balancedAccuracy", 0.625],
    ["accuracy", 0.625],
    ["binaryAccuracy", 0.625],
  ])("%s", (name, expected) => {
    expect(value(name, { outputs, labels, last: "sigmoid" })).toBeCloseTo(expected, 12);
  });
  test("the larger of two labels is the positive one", () => {
    const signed = labels.map((label) => 2 * label - 1);
    expect(value("auc", { outputs, labels: signed })).toBeCloseTo(0.8125, 12);
  });
  test.each([
    ["sigmoid", [0.4, 0.6, 0.9], [0, 1, 1], 1],
    ["sigmoid", [0.4, 0.6, 0.9], [1, 2, 2], 0],
    ["linear", [-0.4, 1.2, 2.9], [0, 1, 3], 1],
    ["tanh", [-0.9, 0.8, 0.1], [-1, 1, 1], 2 / 3],
    ["softmax", [1, 1, 1], [0, 1, 1], 2 / 3],
    ["linear", [0.5, 1.5, 2.5], [0, 2, 2], 1],
  ])("after %s, %j stand for %j in %d of the rows", (last, single, wanted, share) => {
    expect(value("accuracy", { outputs: single.map((p) => [p]), labels: wanted, last })).toBeCloseTo(share, 12);
  });
});

describe("numbers, as in scikit-learn", () => {
  const y = [
    [1, 10],
    [2, 20],
    [3, 25],
    [4, 50],
  ];
  const outputs = [
    [1.1, 12],
    [1.7, 19],
    [3.3, 30],
    [4.2, 41],
  ];
  const of = (name: MetricName, scale = none) => value(name, { outputs, y, task: "regression", scale });
  test("r2, mae, mse, rmse", () => {
    expect(of("r2")).toBeCloseTo(0.913115107913669, 6);
    expect(of("mae")).toBeCloseTo(2.2375, 6);
    expect(of("mse")).toBeCloseTo(13.90375, 5);
    expect(of("rmse")).toBeCloseTo(Math.sqrt(13.90375), 5);
  });
  test("errors are in the units of the source, r2 has none", () => {
    const scale = { kind: "standard" as const, shift: [3, 5], factor: [2, 2] } as unknown as typeof none;
    expect(of("mae", scale)).toBeCloseTo(2 * 2.2375, 5);
    expect(of("mse", scale)).toBeCloseTo(4 * 13.90375, 4);
    expect(of("r2", scale)).toBe(of("r2"));
  });
  test("a constant target", () => {
    const constant = (outputs: number[][]) => value("r2", { outputs, y: [[2], [2]], task: "regression" });
    expect([constant([[2], [2]]), constant([[2], [3]])]).toEqual([1, 0]);
  });
  test("accuracy of a regression: the rounded output is compared with the target as it is", () => {
    expect(value("accuracy", { outputs: [[1.2], [0.4], [2]], y: [[1], [0.4], [2]], task: "regression" })).toBeCloseTo(
      2 / 3,
    );
  });
});

describe("several labels, as in scikit-learn", () => {
  const y = [
    [1, 0, 1],
    [0, 0, 1],
    [1, 1, 0],
    [0, 1, 0],
  ];
  const outputs = [
    [0.9, 0.2, 0.8],
    [0.6, 0.1, 0.3],
    [0.7, 0.8, 0.1],
    [0.2, 0.4, 0.6],
  ];
  test.each<[MetricName, number]>([
    ["f1", 0.6555555555555556],
    ["auc", 0.9166666666666666],
    ["exactMatch", 0.5],
    ["binaryAccuracy", 8 / 12],
  ])("%s", (name, expected) => {
    expect(value(name, { outputs, y, task: "multilabel" })).toBeCloseTo(expected, 12);
  });
});

test("binary accuracy of one-hot rows counts every cell", () => {
  const outputs = [[0.2, 0.3, 0.1, 0.1]];
  expect(value("binaryAccuracy", { outputs, labels: [1] })).toBe(0.75);
});

describe("outputs that are no numbers", () => {
  const broken = [
    [Number.NaN, Number.NaN],
    [Number.NaN, Number.NaN],
  ];
  test("NaN stands for class 0, as in NumPy", () => {
    expect(value("accuracy", { outputs: broken, labels: [0, 1] })).toBe(0.5);
    expect(value("accuracy", { outputs: [[1, Number.NaN]], labels: [1] })).toBe(1);
    expect(value("accuracy", { outputs: [[Number.NaN], [Number.NaN]], labels: [0, 1], last: "sigmoid" })).toBe(0.5);
    expect(value("topKAccuracy", { outputs: broken, labels: [0, 1] })).toBe(0);
  });
  test("scores of numbers are NaN", () => {
    for (const name of ["r2", "mae", "mse", "rmse", "auc"] as const) {
      expect(value(name, { outputs: [[Number.NaN], [1]], y: [[1], [0]], task: "regression" })).toBeNaN();
      if (name !== "auc")
        expect(value(name, { outputs: [[Infinity], [1]], y: [[1], [0]], task: "regression" })).toBeNaN();
    }
  });
  test("a missing label is never right; no rows have no score", () => {
    expect(value("accuracy", { outputs: [[1, 0]], labels: [Number.NaN] })).toBe(0);
    const nothing = { y: new Float32Array(0), width: 1, labels: null, targetScale: none };
    expect(
      score({ name: "r2", k: 5 }, new Float32Array(0), nothing, new Uint32Array(0), "linear", "regression"),
    ).toBeNaN();
  });
});

test("the area under the curve is the share of pairs in the right order", () => {
  const pair = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1 }));
  fc.assert(
    fc.property(fc.array(pair, { minLength: 2, maxLength: 20 }), (pairs) => {
      const labels = [0, 1, ...pairs.map((one) => one[1])];
      const scores = [2, 3, ...pairs.map((one) => one[0])];
      let [right, all] = [0, 0];
      for (const [i, a] of scores.entries())
        for (const [j, b] of scores.entries())
          if (labels[i] === 1 && labels[j] === 0) {
            all++;
            right += a > b ? 1 : a === b ? 0.5 : 0;
          }
      expect(value("auc", { outputs: scores.map((one) => [one]), labels })).toBeCloseTo(right / all, 10);
    }),
  );
});

test("directions, worst scores and defaults", () => {
  expect((["accuracy", "r2", "mae", "loss"] as const).map(better)).toEqual(["higher", "higher", "lower", "lower"]);
  expect((["accuracy", "r2", "rmse"] as const).map(worst)).toEqual([0, -Infinity, Infinity]);
  expect(metricOf(planOf({}), "multilabel").name).toBe("binaryAccuracy");
  expect(metricOf(planOf({}, { metric: "f1" }), "classification").name).toBe("f1");
});
