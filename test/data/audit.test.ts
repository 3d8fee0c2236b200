/** What is measured of tables and of their two parts: planted in small tables, found, and not found without. */
import { describe, expect, it } from "vitest";
import { columnFacts } from "../../src/data/evidence/column-facts.ts";
import { conflictingLabels } from "../../src/data/evidence/conflicting-labels.ts";
import { partDrift } from "../../src/data/evidence/part-drift.ts";
import { rowOrder } from "../../src/data/evidence/row-order.ts";
import { targetCopies } from "../../src/data/evidence/target-copies.ts";
import { prepare } from "../../src/data/prepare.ts";
import { sourceColumns, withoutStray } from "../../src/data/source-columns.ts";
import { csv, datasetOf, planOf, sheetOf } from "./helpers.ts";
import { gauss } from "./tables.ts";

type Cells = (i: number) => (string | number)[];
const noise = gauss(400, 3, 5);
const HEADER = "a,b,c,y";

/** `count` rows of noise and a class, changed as told; with `judged` a file of their own. */
function made(cells: Cells, evaluated?: Cells, count = 200, data: object = {}) {
  const plan = planOf({
    task: "classification",
    validation: evaluated ? { source: "val.csv" } : null,
    ...data,
  });
  const text = csv(HEADER, count, cells);
  const dataset = datasetOf(text, plan, evaluated ? { validation: csv(HEADER, 150, evaluated) } : {});
  return [dataset, prepare(plan, dataset, 1, 2)] as const;
}
const plain: Cells = (i) => [...noise[i], i % 2];
const later: Cells = (i) => [...noise[i + 200], i % 2];

describe("a table", () => {
  it("rows that are equal and carry different classes", () => {
    const twins: Cells = (i) => (i < 180 ? plain(i) : [...noise[i - 180], (i + 1) % 2]);
    const found = conflictingLabels(...made(twins))!;
    expect(found).toMatchObject({ share: 0.2, lost: 0.1, example: { rows: [0, 180], labels: ["0", "1"] } });
    expect(conflictingLabels(...made(plain))).toEqual({ share: 0, lost: 0 });
    // A row without content is equal for another reason.
    expect(conflictingLabels(...made((i) => (i < 20 ? [0, 0, 0, i % 2] : plain(i))))!.lost).toBe(0);
    expect(conflictingLabels(...made((i) => (i < 20 ? ["", "", "", i % 2] : plain(i))))!.lost).toBe(0);
  });

  it.each<[string, Cells, string]>([
    ["integer", (i) => [i % 9, 1, 2, i % 2], "integer"],
    ["numbers the rows", (i) => [5000 + ((i * 7) % 200), 1, 2, i % 2], "identifier"],
    ["numbers all rows but one", (i) => [i === 9 ? 3 : i, 1, 2, i % 2], "integer"],
    ["0 or 1", (i) => [(i >> 1) % 2, 1, 2, i % 2], "flag"],
    ["one value", (i) => [7, 1, i, i % 2], "constant"],
    ["text", (i) => [["x", "y", "z"][i % 3], 1, i, i % 2], "category"],
    ["nothing", (i) => ["", 1, i, i % 2], "empty"],
  ])("a column of %s", (_, cells, type) => {
    expect(columnFacts(...made(cells))!.columns[0].type).toBe(type);
  });

  it("a few cells far out make all of the spread", () => {
    const far: Cells = (i) => (i === 7 ? [900, noise[i][1], noise[i][2], 1] : plain(i));
    const [first, second] = columnFacts(...made(far))!.columns;
    expect(first).toMatchObject({ far: 0.005 });
    expect(first.held).toBeGreaterThan(0.99);
    expect(second.held).toBeLessThan(0.3);
  });

  it("the order of the rows", () => {
    const drifting = rowOrder(...made((i) => [...noise[i], noise[i][0] + i / 80 > 1 ? 1 : 0]))!;
    expect(drifting.explained).toBeGreaterThan(0.2);
    const random = rowOrder(...made((i) => [...noise[i], noise[i][0] > 0 ? 1 : 0]))!;
    expect(random.explained).toBeLessThan(3 * random.chance);
  });

  it.each<[string, Cells, object, string[]]>([
    ["a class in another writing", (i) => [...noise[i].slice(0, 2), i % 2 ? "yes" : "no", i % 2], {}, ["c"]],
    [
      "a number in another unit",
      (i) => [noise[i][0], 32 + 1.8 * noise[i][2], 1, noise[i][2]],
      { task: "regression" },
      ["b"],
    ],
    ["a column that agrees in all rows but one", (i) => [...noise[i].slice(0, 2), i === 3 ? 0 : i % 2, i % 2], {}, []],
  ])("the target again: %s", (_, cells, data, columns) => {
    expect(targetCopies(...made(cells, undefined, 200, data))!.columns).toEqual(columns);
  });

  it("columns as they are written", () => {
    const sheet = sheetOf(
      csv("n,s,d,t,k", 60, (i) => [
        i,
        i === 40 ? "12 cm" : i / 3,
        `2024-03-${10 + (i >> 2)}`,
        `name ${i}`,
        "ab"[i % 2],
      ]),
    );
    expect(sourceColumns(sheet).map(({ kind }) => kind)).toEqual([
      "numbers",
      "stray",
      "date",
      "identifier",
      "category",
    ]);
    expect(sourceColumns(sheet)[1].stray).toEqual({ cells: 1, rows: [40], line: 42, written: ["12 cm"] });
    expect(sourceColumns(sheet)[2].rising).toBe(true);
    expect(withoutStray(sheet).columns[1].texts).toBeNull();
    // Many words, but most cells are numbers; codes are no numbers.
    const mixed = sheetOf(csv("m,c", 60, (i) => [i % 4 ? i : `none ${i % 3}`, i % 4 ? i % 5 : `${i % 3}a`]));
    expect(sourceColumns(mixed).map(({ kind }) => kind)).toEqual(["stray", "category"]);
  });
});

describe("two parts", () => {
  const driftOf = (evaluated: Cells) => partDrift(...made(plain, evaluated))!;
  const scaled =
    (change: (value: number, column: number) => number): Cells =>
    (i) => [...noise[i + 200].map(change), i % 2];

  it("alike: nothing", () => {
    expect(driftOf(later)).toMatchObject({ of: 3, columns: [] });
  });

  it("a column that moved", () => {
    const [first, ...others] = driftOf(scaled((v, c) => (c === 1 ? v + 1 : v))).columns;
    expect(first).toMatchObject({ name: "b", kind: "number" });
    expect(first.distance).toBeGreaterThan(0.3);
    expect(others).toEqual([]);
  });

  it.each([1000, 1 / 255, -3])("all columns × %d: the line between them", (by) => {
    const { columns } = driftOf(scaled((v) => v * by));
    expect(columns).toHaveLength(3);
    // Which way it is turned round, a column that is the same turned round does not tell.
    for (const { line } of columns) expect(Math.abs(line!.factor / by)).toBeCloseTo(1, 0);
  });

  it("a part that was standardised", () => {
    const raw: Cells = (i) => [...noise[i].map((v, c) => 50 + 10 * v * (c + 1)), i % 2];
    expect(partDrift(...made(raw, later))!.standardised).toBe("validation");
    expect(partDrift(...made(plain, (i) => [...raw(i + 200)]))!.standardised).toBe("training");
  });

  it("a category that became frequent", () => {
    const words =
      (rare: number): Cells =>
      (i) => [i % rare === 0 ? "x" : "y", ...noise[i].slice(1), i % 2];
    expect(partDrift(...made(words(10), words(2)))!.columns[0]).toMatchObject({ name: "a", kind: "category" });
    expect(partDrift(...made(words(10), words(10)))!.columns).toEqual([]);
  });
});
