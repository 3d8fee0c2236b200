/** Groups: told where rows of one group are alike beyond chance, silent where a column beside the features is harmless. */
import { describe, expect, test } from "vitest";
import { gauss, names, noisy, of, type Rows } from "./tables.ts";

/** `width` features, then the column that is none. */
const beside = (
  rows: Rows,
  column: (row: number) => number | string,
  y: (row: number) => number,
  data: object = {},
) => {
  const features = names(rows[0].length);
  return of(
    rows.map((row, i) => [...row, column(i)]),
    y,
    { features, ...data },
  ).groups;
};
/** 40 originals, told as so many noisy rows each. */
const copies = (each: number, noise: number): Rows => {
  const originals = gauss(40, 8, 1);
  return noisy(
    Array.from({ length: 40 * each }, (_, i) => originals[i % 40]),
    noise,
    2,
  );
};

describe("groups that are alike", () => {
  test("noisy copies of a source that a column names, labels that only memory knows", () => {
    const found = beside(
      copies(10, 0.5),
      (i) => `s${i % 40}`,
      (i) => Number(i % 40 < 20),
    )!;
    expect(found).toMatchObject({ column: "c8", groups: 40 });
    expect(found.nearest).toBeGreaterThan(0.7);
    expect(found.chance).toBeLessThan(0.1);
    expect(found.score - found.apart).toBeGreaterThan(0.15);
  });
  test("whole numbers among the features, under a name that tells", () => {
    const rows = copies(10, 0.5);
    const label = (i: number) => Number(i % 40 < 20);
    const named = (name: string) =>
      of(
        rows.map((row, i) => [...row, 7000 + ((i * 11) % 40)]),
        label,
        {},
        [...names(8), name],
      ).groups;
    expect(named("patientId")).toMatchObject({ column: "patientId", groups: 40 });
    expect(named("width")).toBeUndefined();
  });
  test("of numbers, by r²", () => {
    const found = beside(
      copies(10, 0.5),
      (i) => i % 40,
      (i) => ((i * 7) % 40) + i / 1000,
      { task: "regression" },
    )!;
    expect(found.score - found.apart).toBeGreaterThan(0.15);
  });
});

describe("harmless columns", () => {
  const rows = gauss(400, 6, 3);
  const label = (i: number): number => Number(rows[i][0] + rows[i][1] > 0);
  const towns = gauss(50, 3, 4).flatMap((town, k) => gauss(8, 5, 50 + k).map((row) => [...town, ...row]));
  const numbers = { task: "regression" };
  const target = (i: number): number => 10 * rows[i][0] + rows[i][1];
  const cases: Record<string, Parameters<typeof beside>> = {
    "numbered at random": [rows, (i) => (i * 37) % 80, label],
    "in the order of the file": [rows, (i) => Math.floor(i / 5), label],
    "a few sites": [copies(10, 0.5), (i) => i % 4, (i) => Number(i % 40 < 20)],
    "all different": [rows, (i) => `row ${i}`, label],
    "the label in words": [rows, (i) => `class ${i % 40}`, (i) => i % 40],
    "the target, rounded": [rows, (i) => Math.round(target(i) / 2), target, numbers],
    "a feature, rounded": [rows, (i) => Math.round(rows[i][2] * 10), label],
    "towns that share their numbers": [towns, (i) => Math.floor(i / 8), (i) => Number(towns[i][4] > 0)],
  };
  test.each(Object.entries(cases))("%s", (_, [...args]) => {
    expect(beside(...args)).toBeUndefined();
  });
  test("groups that are kept apart already, and validation rows of another source", () => {
    const split = { validation: { fraction: 0.2, split: { group: "c8" } } };
    const y = (i: number): number => Number(i % 40 < 20);
    expect(beside(copies(10, 0.5), (i) => i % 40, y, split)).toBeUndefined();
    expect(beside(copies(10, 0.5), (i) => i % 40, y, { validation: null })).toBeUndefined();
  });
});
