/** A proposed plan fits the table: task, output, scaling, rows and columns left out; and it can be trained. */
import { describe, expect, it } from "vitest";
import { buildDataset } from "../../src/data/build.ts";
import { prepare } from "../../src/data/prepare.ts";
import { propose } from "../../src/data/propose.ts";
import type { Loaded } from "../../src/data/source.ts";
import { parseCsv } from "../../src/data/sources/csv.ts";
import { resolve } from "../../src/engine/resolve.ts";
import { type Plan, parsePlan } from "../../src/plan/plan.ts";

const loaded = (text: string): Loaded => ({ sheet: parseCsv(new TextEncoder().encode(text), "t.csv"), tensor: null });
/** 100 rows unless told. */
const table = (head: string, row: (i: number) => (string | number)[], rows = 100) =>
  [head, ...Array.from({ length: rows }, (_, i) => row(i).join(","))].join("\n");
const wave = (i: number, by = 1) => Math.sin(i * 12.9898 * by).toFixed(3);

function proposed(text: string, target = ["y"]): Plan {
  const source = loaded(text);
  const plan = parsePlan(propose(source, "t.csv", target).given);
  // It can be loaded, built and prepared.
  const dataset = buildDataset(plan, { source, validation: null, test: null });
  const { network } = resolve(plan, dataset);
  expect(prepare(plan, dataset, 1, network.units).width).toBe(network.units);
  return plan;
}
const last = ({ network }: Plan) => (typeof network === "string" ? undefined : network.at(-1));

describe("the output fits the target", () => {
  it.each([
    { name: "text, two classes", y: (i: number) => "ab"[i % 2], units: 1, activation: "sigmoid", labels: null },
    { name: "text, three classes", y: (i: number) => "abc"[i % 3], units: 3, activation: "softmax", labels: null },
    { name: "0 and 1", y: (i: number) => i % 2, units: 1, activation: "sigmoid", labels: null },
    { name: "1 and 2", y: (i: number) => 1 + (i % 2), units: 1, activation: "sigmoid", labels: { "1": 0, "2": 1 } },
    {
      name: "3, 5, 8",
      y: (i: number) => [3, 5, 8][i % 3],
      units: 3,
      activation: "softmax",
      labels: { "3": 0, "5": 1, "8": 2 },
    },
    { name: "one class", y: () => "a", units: 1, activation: "sigmoid", labels: null },
    { name: "numbers", y: (i: number) => wave(i, 7), units: 1, activation: "linear", labels: null },
  ])("$name", ({ y, units, activation, labels }) => {
    const plan = proposed(table("a,b,y", (i) => [wave(i), wave(i, 3), y(i)]));
    expect(last(plan)).toMatchObject({ layer: "dense", units, activation });
    expect(plan.data.labels).toEqual(labels);
    expect(plan.data.task).toBe(activation === "linear" ? "regression" : "classification");
  });

  it("several columns", () => {
    const flags = proposed(
      table("a,p,q", (i) => [wave(i), i % 2, i % 3 === 0 ? 1 : 0]),
      ["p", "q"],
    );
    expect(flags.data.task).toBe("multilabel");
    expect(last(flags)).toMatchObject({ units: 2, activation: "sigmoid" });
    const hot = proposed(
      table("a,p,q", (i) => [wave(i), i % 2, 1 - (i % 2)]),
      ["p", "q"],
    );
    expect(last(hot)).toMatchObject({ units: 2, activation: "softmax" });
  });
});

describe("the data as they are", () => {
  it("calm inputs stay, wide ones and narrow ones are scaled; so are targets", () => {
    const scale = (factor: number) => proposed(table("a,y", (i) => [Number(wave(i)) * factor, "ab"[i % 2]])).data.scale;
    expect([1, 1000, 0.001].map(scale)).toEqual(["none", "standard", "standard"]);
    const target = (factor: number) =>
      proposed(table("a,y", (i) => [wave(i), Number(wave(i, 7)) * factor])).data.scaleTarget;
    expect([1, 1e4].map(target)).toEqual(["none", "standard"]);
  });

  it("empty cells are filled, rows without a target left out", () => {
    const { data } = proposed(table("a,y", (i) => [i === 3 ? "" : wave(i), i === 7 ? "" : "ab"[i % 2]]));
    expect([data.missing, data.drop]).toEqual(["median", [7]]);
  });

  it("infinite cells and categories of hardly a row are left out", () => {
    const { data } = proposed(
      table("a,c,y", (i) => [i === 3 ? "inf" : wave(i), i === 9 ? "rare" : "uv"[i % 2], "ab"[i % 2]]),
    );
    expect(data.drop).toEqual([3, 9]);
  });

  it("a column that counts the rows, or hardly changes, is no feature", () => {
    const { data } = proposed(table("id,a,same,once,y", (i) => [i + 1, wave(i), 3, i === 50 ? 1 : 0, "ab"[i % 2]]));
    expect(data.features).toEqual(["a"]);
  });
});

it("trains for some one to three thousand steps, however many rows there are", () => {
  for (const rows of [300, 1000, 10_000, 60_000]) {
    const { training } = proposed(table("a,y", (i) => [wave(i), "ab"[i % 2]], rows));
    const steps = training.epochs * Math.ceil((rows * 0.8) / training.batchSize);
    expect(steps, `${rows} rows`).toBeGreaterThanOrEqual(1000);
    expect(steps, `${rows} rows`).toBeLessThanOrEqual(3500);
  }
});
