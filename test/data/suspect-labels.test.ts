/** Suspect labels: wrong labels are told from classes that overlap, on tables whose truth is known. */
import { describe, expect, test } from "vitest";
import { isEven } from "../../src/checks/data/sure-rows-contradicted.ts";
import { gauss, of, type Rows } from "./tables.ts";

const noise = gauss(600, 1, 9).map(([v]) => v);
const chance = gauss(600, 1, 10).map(([v]) => v > 1.04); // 15 %
const rows = gauss(600, 4, 1);
const side = (i: number): number => Number(rows[i][0] + rows[i][1] > 0);
const apart = rows.map((row, i) => row.map((v, c) => (c < 2 ? v + (side(i) ? 3 : -3) : v)));

describe("the rows that are surest", () => {
  const wrongLabels = (y: (i: number) => number, of: number) => (i: number) => (chance[i] ? (y(i) + 1) % of : y(i));
  test.each<[string, Rows, (i: number) => number]>([
    ["two classes apart", apart, wrongLabels(side, 2)],
    [
      "four classes",
      apart.map((row, i) => [row[0], row[1] + 6 * (i % 2)]),
      wrongLabels((i) => side(i) + 2 * (i % 2), 4),
    ],
  ])("are contradicted where labels are wrong: %s", (_, table, y) => {
    expect(isEven(of(table, y).suspectLabels!.surest)).toBe(true);
  });
  test.each<[string, Rows, (i: number) => number]>([
    ["clean labels", apart, side],
    ["classes that overlap", rows, (i) => Number(rows[i][0] + rows[i][1] + noise[i] > 0)],
    ["a faint signal", rows, (i) => Number(0.5 * rows[i][0] + noise[i] > 0)],
    ["a fainter one", rows, (i) => Number(0.3 * rows[i][0] + noise[i] > 0)],
    ["none", rows, (i) => Number(noise[i] > 0)],
    ["a rare class that nothing tells", rows, (i) => Number(noise[i] > 1.04)],
  ])("are not: %s", (_, table, y) => {
    expect(isEven(of(table, y).suspectLabels!.surest)).toBe(false);
  });
  test("as the share of those that lead by most", () => {
    const { surest } = of(apart, side).suspectLabels!;
    expect(surest).toMatchObject({ rows: 200, wrong: 0 });
    expect(surest.chance).toBeCloseTo(0.5, 1);
  });
});
