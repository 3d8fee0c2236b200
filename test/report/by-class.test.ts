import { expect, it } from "vitest";
import { byClassOf, unequalClasses } from "../../src/report/by-class.ts";

const predictions = (...actual: number[]) => ({
  columns: [],
  classes: actual.map((share, i) => ({
    name: `c${i}`,
    actual: share,
    predicted: share,
    recall: 1 - share,
    precision: 0.5,
  })),
});
const of = (...actual: number[]) => byClassOf({ version: 1, predictions: predictions(...actual) });

it("balanced accuracy is the mean recall of the classes that are there", () => {
  expect(of(0.9, 0.1)?.balancedAccuracy).toBeCloseTo(0.5);
  const gone = { name: "gone", actual: 0, predicted: 0 };
  const { classes, columns } = predictions(0.75, 0.25);
  const three = byClassOf({ version: 1, predictions: { columns, classes: [...classes, gone] } });
  expect(three?.balancedAccuracy).toBeCloseTo(0.5);
  expect(three?.classes[2]).toEqual({ name: "gone", share: 0, recall: null, precision: null });
  expect(byClassOf({ version: 1 })).toBeUndefined();
});

it("told where one class has three times the rows of another, the rarest first", () => {
  expect(unequalClasses(of(0.6, 0.4))).toBeNull();
  const unequal = unequalClasses(of(0.7, 0.2, 0.1))!;
  expect(unequal.rows.map(([name]) => name)).toEqual(["c2", "c1", "c0"]);
  expect(unequal.rows[0]).toHaveLength(unequal.head.length);
});
