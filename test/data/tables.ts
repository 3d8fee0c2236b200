/** Tables and images of known truth, and the evidence that is found in them. */
import type { Dataset, Table, Target } from "../../src/data/dataset.ts";
import { evidence } from "../../src/data/evidence/index.ts";
import { type Prepared, prepare } from "../../src/data/prepare.ts";
import type { Metric } from "../../src/plan/plan.ts";
import { normal, stream } from "../../src/random.ts";
import { csv, datasetOf, planOf } from "./helpers.ts";

export type Rows = number[][];
export const gauss = (n: number, width: number, key: number): Rows =>
  Array.from({ length: n }, (_, i) => Array.from({ length: width }, (_, c) => normal(stream(1, key), i * width + c)));
export const noisy = (rows: Rows, size: number, key: number): Rows => {
  const noise = gauss(rows.length, rows[0].length, key);
  return rows.map((row, i) => row.map((value, c) => value + size * noise[i][c]));
};
export const copied = (rows: Rows, times: number, size: number): Rows =>
  Array.from({ length: times }, (_, k) => noisy(rows, size, 100 + k)).flat();
export const names = (width: number): string[] => Array.from({ length: width }, (_, c) => `c${c}`);
const cell = (value: number | string): string | number => (Number.isNaN(value) ? "" : value);

/** The evidence of a table with the columns c0, c1, … and the target y. */
export function of(
  rows: (number | string)[][],
  y: (row: number) => number | string = (i) => i % 2,
  data: object = {},
  columns = names(rows[0].length),
) {
  const header = [...columns, "y"].join(",");
  const plan = planOf({ task: "classification", ...data });
  const dataset = datasetOf(
    csv(header, rows.length, (i) => [...rows[i].map(cell), y(i)]),
    plan,
  );
  return told(dataset, prepare(plan, dataset, 1, 2));
}

export function told(dataset: Dataset, prepared: Prepared) {
  const name: Metric["name"] = dataset.task === "regression" ? "r2" : "accuracy";
  return evidence(dataset, prepared, { name, k: 5 });
}

/** Images of one channel, the last fifth for validation. */
export function ofImages(images: Rows, side: number, spoil: (x: Float32Array) => void = () => {}) {
  const rows = images.length;
  const labels = Float32Array.from(images, (_, i) => i % 2);
  const x = Float32Array.from(images.flat());
  spoil(x);
  const target: Target = {
    kind: "classes",
    columns: ["y"],
    labels,
    names: ["0", "1"],
    values: [0, 1],
    encoding: "integer",
  };
  const shape = [side, side, 1];
  const table: Table = { rows, shape, x, features: [], target, fileRows: null, fileRowCount: rows };
  const dataset: Dataset = {
    task: "classification",
    table,
    validation: null,
    test: null,
    groups: {},
    times: {},
    notes: [],
  };
  const plan = planOf({ validation: { fraction: 0.2, split: "tail" } });
  return told(dataset, prepare(plan, dataset, 1, 2));
}
