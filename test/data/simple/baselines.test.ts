/** Baselines against scikit-learn 1.9.1: the same tables, made by formula, split by the tail. */
import { describe, expect, test } from "vitest";
import { prepare } from "../../../src/data/prepare.ts";
import { baselines } from "../../../src/data/simple/baselines.ts";
import { averagePooled } from "../../../src/data/simple/pooling.ts";
import {
  affordsLogistic,
  classScores,
  leastSquares,
  logistic,
  ridge,
  softmax,
} from "../../../src/data/simple/solvers.ts";
import type { MetricName } from "../../../src/plan/plan.ts";
import { csv, datasetOf, planOf } from "../helpers.ts";

const inputs = (i: number) => [Math.sin(3 * i), 10 * Math.cos(5 * i) + i / 6, Math.sin(7 * i + 1) * (i % 3)];
const number = (i: number) => inputs(i)[0] * 2 - inputs(i)[1] / 5 + Math.sin(11 * i);
const label = (i: number) => (inputs(i)[0] > 0.2 ? 1 : 0) + (inputs(i)[1] > 4 ? 1 : 0);
const numbers = csv("a,b,c,y", 60, (i) => [...inputs(i), number(i)]);
const classes = csv("a,b,c,y", 60, (i) => [...inputs(i), "pqr"[label(i)]]);
const tail = { fraction: 0.2, split: "tail" };

function values(text: string, data: object, metric: MetricName, units = 3) {
  const plan = planOf(data);
  const dataset = datasetOf(text, plan);
  return baselines(dataset, prepare(plan, dataset, 1, units), { name: metric, k: 5 }).map(({ value }) => value);
}

/** The inputs of the first 48 rows, standardised by them, for the rows from … to − 1. */
function standardised(from: number, to: number) {
  const known = Array.from({ length: 48 }, (_, i) => inputs(i));
  const rows = Array.from({ length: to - from }, (_, i) => inputs(from + i));
  const scaled = rows.map((row) =>
    row.map((value, c) => {
      const mean = known.reduce((sum, one) => sum + one[c], 0) / 48;
      return (value - mean) / Math.sqrt(known.reduce((sum, one) => sum + (one[c] - mean) ** 2, 0) / 48);
    }),
  );
  return { rows: rows.length, columns: 3, values: Float32Array.from(scaled.flat()) };
}

describe("solvers", () => {
  test("ridge: Ridge(alpha=1)", () => {
    const found = ridge(
      standardised(0, 48),
      Float64Array.from({ length: 48 }, (_, i) => number(i)),
      1,
    );
    [1.34785556, -1.45811769, 0.0335533].forEach((weight, c) => {
      expect(found.weights[c]).toBeCloseTo(weight, 5);
    });
    expect(found.constant).toBeCloseTo(-0.7630239731854033, 5);
  });
  test("least squares: ridge on the 0 and 1 of each class", () => {
    const labels = Uint32Array.from({ length: 48 }, (_, i) => label(i));
    const found = leastSquares(standardised(0, 48), labels, 3, 1);
    for (let k = 0; k < 3; k++) {
      const one = ridge(
        standardised(0, 48),
        Float64Array.from(labels, (own) => Number(own === k)),
        1,
      );
      [...one.weights, one.constant].forEach((weight, c) => {
        expect(found[4 * k + c]).toBeCloseTo(weight, 6);
      });
    }
    expect(affordsLogistic(standardised(0, 48), 3)).toBe(true);
    expect(affordsLogistic({ rows: 4000, columns: 10, values: new Float32Array() }, 2000)).toBe(false);
  });
  test("logistic: LogisticRegression(C=1).predict_proba of row 48", () => {
    const weights = logistic(
      standardised(0, 48),
      Uint32Array.from({ length: 48 }, (_, i) => label(i)),
      3,
      1,
    );
    const p = classScores(standardised(48, 49), weights, 3);
    softmax(p, 3);
    [0.12440462, 0.78354137, 0.09205402].forEach((share, k) => {
      expect(p[k]).toBeCloseTo(share, 4);
    });
  });
});

describe("scores on the validation rows", () => {
  test("numbers: mean, Ridge, KNeighborsRegressor(5)", () => {
    const found = values(numbers, { validation: tail }, "r2", 1);
    [-0.26810599965134774, 0.9099998277146186, 0.6526839295757967].forEach((value, i) => {
      expect(found[i]).toBeCloseTo(value, 4);
    });
  });
  test("classes: majority, LogisticRegression, KNeighborsClassifier(5)", () => {
    const found = values(classes, { validation: tail }, "accuracy");
    [0.5, 1, 10 / 12].forEach((value, i) => {
      expect(found[i]).toBeCloseTo(value, 6);
    });
  });
  test("how the network is scaled and how classes are numbered makes no difference", () => {
    const renamed = csv("a,b,c,y", 60, (i) => [...inputs(i), 5 * label(i) - 3]);
    const plain = values(classes, { validation: tail }, "balancedAccuracy");
    const data = { validation: tail, scale: "minmax", task: "classification" };
    expect(values(renamed, data, "balancedAccuracy", 1)).toEqual(plain);
  });
  test("errors are told in the units of the source", () => {
    const scaled = { validation: tail, scaleTarget: "standard" };
    expect(values(numbers, scaled, "mae", 1)[1]).toBeCloseTo(0.6054728987643774, 4);
  });
});

describe("without validation rows", () => {
  test("neighbours leave the row itself out: cross_val_predict(…, cv=LeaveOneOut())", () => {
    expect(values(classes, { validation: null }, "accuracy")[2]).toBeCloseTo(0.8666666666666667, 6);
    expect(values(numbers, { validation: null }, "r2", 1)[2]).toBeCloseTo(0.7536581929999738, 4);
  });
});

test("missing cells and targets, constant and NaN columns are borne", () => {
  const text = csv("a,b,c,k,y", 60, (i) => [
    i % 9 ? inputs(i)[0] : "",
    inputs(i)[1],
    inputs(i)[2],
    4,
    i % 7 ? number(i) : "",
  ]);
  const found = values(text, { validation: tail, scale: "minmax" }, "r2", 1);
  expect(found.every(Number.isFinite)).toBe(true);
  expect(found[1]).toBeGreaterThan(0.6);
});

test("several labels and several numbers", () => {
  const two = csv("a,b,c,p,q", 60, (i) => [...inputs(i), inputs(i)[0] > 0 ? 1 : 0, inputs(i)[1] > 5 ? 1 : 0]);
  const found = values(two, { target: ["p", "q"], validation: tail }, "binaryAccuracy", 2);
  expect(found[1]).toBeGreaterThan(found[0]);
  const pair = csv("a,b,c,p,q", 60, (i) => [...inputs(i), number(i), -3 * number(i)]);
  expect(values(pair, { target: ["p", "q"], validation: tail }, "r2", 2)[1]).toBeCloseTo(0.91, 2);
});

test("the loss has no baselines here, a single row cannot break them", () => {
  expect(values(numbers, { validation: tail }, "loss")).toEqual([]);
  expect(values("a,y\n1,x\n2,z", { validation: { fraction: 0.5, split: "tail" } }, "accuracy", 2)).toEqual([0, 0, 0]);
});

test("pooling averages squares of pixels", () => {
  const images = { rows: 1, columns: 12, values: Float32Array.from({ length: 12 }, (_, i) => i) };
  const { columns, values: pooled } = averagePooled(images, [3, 4, 1], 4);
  expect([columns, ...pooled]).toEqual([4, 2.5, 4.5, 8.5, 10.5]);
});

test("large data take seconds at most", () => {
  const text = csv(["y", ...Array.from({ length: 60 }, (_, c) => `x${c}`)].join(), 6000, (i) => [
    `class${i % 10}`,
    ...Array.from({ length: 60 }, (_, c) => Math.sin(i * (c + 1)) + (i % 10 === c ? 1 : 0)),
  ]);
  const start = performance.now();
  expect(values(text, {}, "accuracy", 10)[1]).toBeGreaterThan(0.3);
  expect(performance.now() - start).toBeLessThan(10_000);
});
