/** Faults of known size, planted in clean rows: what the audit is given, and what it must say. */
import type { CauseId } from "../../src/causes/index.ts";
import type { CheckId } from "../../src/checks/index.ts";
import { type Cell, draws, mapInputs, mapTargets, type Rows, sample, sorted } from "../../test/zoo/rows.ts";
import type { Given } from "./look.ts";
import type { DataSet } from "./sets.ts";

export type Fault = {
  name: string;
  sizes: string[];
  /** null: it cannot be planted in this set. */
  plant: (set: DataSet, size: number) => Given | null;
  sizeOf: number[];
  /** The cause that it is to be told as, where there is one; and the checks of which one is to be present. */
  cause?: CauseId;
  checks: CheckId[];
};

const isClasses = ({ task }: DataSet): boolean => task === "classification";
const numeric = (cell: Cell): boolean => typeof cell === "number";
const isTable = ({ rows }: DataSet): boolean => rows.shape === undefined;

/** The rows in random order, three tenths of them as a file of their own. */
function apart({ name, rows }: DataSet): { rows: Rows; validation: Rows } {
  const mixed = sample(rows, rows.rows.length, `apart ${name}`);
  const cut = Math.floor(0.7 * mixed.rows.length);
  const part = (from: number, to?: number): Rows => ({ ...mixed, rows: mixed.rows.slice(from, to) });
  return { rows: part(0, cut), validation: part(cut) };
}

type Moments = { mean: number; std: number }[];

function momentsOf({ columns, rows }: Rows): Moments {
  return columns.map((_, c) => {
    const values = rows.map((cells) => cells[c]).filter((cell) => typeof cell === "number");
    const mean = values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
    return { mean, std: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / Math.max(1, values.length)) };
  });
}

function standardised(rows: Rows, of: Moments): Rows {
  return mapInputs(rows, 1, (v, c) => (of[c].std > 0 ? (v - of[c].mean) / of[c].std : 0));
}

const labelsOf = ({ rows }: Rows): Cell[] => [...new Set(rows.map((cells) => cells.at(-1)!))].filter((v) => v !== null);

function relabelled(rows: Rows, share: number, name: string): Rows {
  const d = draws(`labels ${name} ${share}`);
  const values = labelsOf(rows);
  return mapTargets(rows, 1, (cell) =>
    d.uniform() >= share ? cell : values[(values.indexOf(cell) + 1 + d.below(values.length - 1)) % values.length],
  );
}

/** The place of the nth column of numbers with some spread. */
function column({ columns, rows }: Rows, nth = 0): number {
  const of = momentsOf({ columns, rows });
  return columns.flatMap((_, c) => (c < columns.length - 1 && numeric(rows[0][c]) && of[c].std > 0 ? [c] : []))[nth];
}

const withColumn = (rows: Rows, name: string, cell: (row: number, cells: Cell[]) => Cell): Rows => ({
  columns: [name, ...rows.columns],
  rows: rows.rows.map((cells, i) => [cell(i, cells), ...cells]),
});

/** The target as a number: its place among the classes. */
function targetNumbers(rows: Rows): number[] {
  const values = labelsOf(rows);
  return rows.rows.map((cells) => {
    const cell = cells.at(-1)!;
    return typeof cell === "number" ? cell : values.indexOf(cell);
  });
}

const shares = (list: number[]): Pick<Fault, "sizes" | "sizeOf"> => ({
  sizes: list.map((share) => `${100 * share} %`),
  sizeOf: list,
});
const named = (list: number[], name: (size: number) => string): Pick<Fault, "sizes" | "sizeOf"> => ({
  sizes: list.map(name),
  sizeOf: list,
});
const times = (size: number) => `× ${size.toLocaleString("en-US")}`;

export const FAULTS: Fault[] = [
  {
    name: "labels flipped",
    ...shares([0.05, 0.1, 0.2, 0.4]),
    cause: "label-noise",
    checks: ["suspect-labels", "sure-rows-contradicted"],
    plant: (set, share) => (isClasses(set) ? { rows: relabelled(set.rows, share, set.name) } : null),
  },
  {
    name: "rows again with another label",
    ...shares([0.01, 0.05, 0.1, 0.2]),
    cause: "label-noise",
    checks: ["conflicting-labels", "suspect-labels"],
    plant(set, share) {
      if (!isClasses(set)) return null;
      const again = relabelled(sample(set.rows, Math.ceil(set.rows.rows.length * share), set.name), 1, set.name);
      return { rows: { ...set.rows, rows: [...set.rows.rows, ...again.rows] } };
    },
  },
  {
    name: "targets mixed up",
    ...shares([0.5, 1]),
    cause: "labels-unrelated",
    checks: ["baselines-at-chance", "suspect-labels"],
    plant(set, share) {
      const d = draws(`mixed ${set.name}`);
      const moved = set.rows.rows.map((_, i) => i).filter(() => d.uniform() < share);
      const order = d.order(moved.length);
      const from = new Map(moved.map((row, i) => [row, moved[order[i]]]));
      return { rows: mapTargets(set.rows, 1, (_, i) => set.rows.rows[from.get(i) ?? i].at(-1)!) };
    },
  },
  {
    name: "training rows in validation",
    ...shares([0.01, 0.05, 0.1, 0.2]),
    cause: "leakage",
    checks: ["rows-in-both"],
    plant(set, share) {
      const { rows, validation } = apart(set);
      const shared = Math.ceil(share * validation.rows.length);
      const known = sample(rows, shared, `shared ${set.name}`).rows;
      return { rows, validation: { ...validation, rows: [...known, ...validation.rows.slice(shared)] } };
    },
  },
  {
    name: "near copies in validation (noise of 1 % of a standard deviation)",
    ...shares([0.05, 0.1, 0.2]),
    cause: "leakage",
    checks: ["rows-in-both"],
    plant(set, share) {
      const { rows, validation } = apart(set);
      const of = momentsOf(rows);
      const d = draws(`near ${set.name}`);
      const shared = Math.ceil(share * validation.rows.length);
      const known = mapInputs(
        sample(rows, shared, `shared ${set.name}`),
        1,
        (v, c) => v + d.normal(0, 0.01 * of[c].std),
      );
      return { rows, validation: { ...validation, rows: [...known.rows, ...validation.rows.slice(shared)] } };
    },
  },
  {
    name: "a column that predicts the target (correlation)",
    ...named([0.8, 0.9, 0.95, 0.99, 1], String),
    cause: "leakage",
    checks: ["target-copy", "telltale-column", "strong-column"],
    plant(set, correlation) {
      if (!isTable(set)) return null;
      const target = targetNumbers(set.rows);
      const mean = target.reduce((a, b) => a + b, 0) / target.length;
      const std = Math.sqrt(target.reduce((sum, v) => sum + (v - mean) ** 2, 0) / target.length);
      const noise = Math.sqrt(1 / correlation ** 2 - 1) * std;
      const d = draws(`tells ${set.name}`);
      return { rows: withColumn(set.rows, "code", (i) => target[i] + d.normal(0, noise)) };
    },
  },
  {
    name: "numbered rows in a file",
    ...named([1, 0], (kind) => (kind ? "sorted by the target" : "mixed")),
    cause: "leakage",
    checks: ["identifier-column"],
    plant: (set, isSorted) =>
      isTable(set)
        ? {
            rows: withColumn(
              isSorted ? sorted(set.rows) : sample(set.rows, set.rows.rows.length, `mixed ${set.name}`),
              "id",
              (i) => 1000 + i,
            ),
          }
        : null,
  },
  {
    name: "noisy copies of each row in the same group (8 each)",
    ...named([0.02, 0.25], (size) => `noise ${size} sd`),
    cause: "leakage",
    checks: ["groups-in-both", "rows-in-both"],
    plant(set, noise) {
      if (!isTable(set) || set.rows.rows.length < 100) return null;
      const few = sample(set.rows, 60, `few ${set.name}`);
      const of = momentsOf(few);
      const d = draws(`groups ${set.name}`);
      const copies = few.rows.flatMap((cells, i) =>
        Array.from({ length: 8 }, () => [
          `g${i}`,
          ...mapInputs({ ...few, rows: [cells] }, 1, (v, c) => v + d.normal(0, noise * of[c].std)).rows[0],
        ]),
      );
      return { rows: sample({ columns: ["group", ...few.columns], rows: copies }, copies.length, "groups") };
    },
  },
  {
    name: "one column in another size, of standardised ones",
    ...named([1, 30, 1e3, 1e4], times),
    cause: "inputs-not-scaled",
    checks: ["unscaled-inputs", "uneven-inputs"],
    plant(set, by) {
      if (!isTable(set)) return null;
      const own = column(set.rows);
      const rows = standardised(set.rows, momentsOf(set.rows));
      return { rows: mapInputs(rows, 1, (v, c) => (c === own ? v * by : v)) };
    },
  },
  {
    name: "missing values",
    ...named([0, 0.01, 0.1], (share) => (share === 0 ? "one cell" : `${100 * share} %`)),
    cause: "missing-values",
    checks: ["missing-values"],
    plant(set, share) {
      if (!isTable(set)) return null;
      const d = draws(`empty ${set.name}`);
      const [one, own] = [d.below(set.rows.rows.length), column(set.rows)];
      return {
        rows: mapInputs(set.rows, 1, (v, c, r) =>
          share === 0 ? (r === one && c === own ? null : v) : d.uniform() < share ? null : v,
        ),
      };
    },
  },
  {
    name: "text among the numbers of a column",
    ...named([0, 0.01, 0.05], (share) => (share === 0 ? "one cell" : `${100 * share} %`)),
    cause: "wrong-preprocessing",
    checks: ["stray-text"],
    plant(set, share) {
      if (!isTable(set)) return null;
      const own = column(set.rows);
      const d = draws(`stray ${set.name}`);
      const one = d.below(set.rows.rows.length);
      const words = ["n.a.", "unknown", "12 cm"];
      return {
        rows: {
          ...set.rows,
          rows: set.rows.rows.map((cells, r) =>
            cells.map((cell, c) =>
              c === own && (share === 0 ? r === one : d.uniform() < share) ? words[d.below(3)] : cell,
            ),
          ),
        },
      };
    },
  },
  {
    name: "values a thousand times as large, in one column",
    ...named([0, 0.005, 0.02], (share) => (share === 0 ? "one cell" : `${100 * share} %`)),
    checks: ["far-out-cells"],
    plant(set, share) {
      if (!isTable(set)) return null;
      const own = column(set.rows, 1) ?? column(set.rows);
      const d = draws(`far ${set.name}`);
      const one = d.below(set.rows.rows.length);
      return {
        rows: mapInputs(set.rows, 1, (v, c, r) =>
          c === own && (share === 0 ? r === one : d.uniform() < share) ? (v + 1) * 1000 : v,
        ),
      };
    },
  },
  {
    name: "a constant column",
    ...named([0], () => "one"),
    checks: ["constant-column"],
    plant: (set) => (isTable(set) ? { rows: withColumn(set.rows, "same", () => 7) } : null),
  },
  {
    name: "rows without content",
    ...shares([0.05, 0.2, 0.6]),
    cause: "wrong-preprocessing",
    checks: ["blank-rows"],
    plant(set, share) {
      const d = draws(`blank ${set.name}`);
      const gone = set.rows.rows.map(() => d.uniform() < share);
      if (set.rows.columns.slice(0, -1).some((_, c) => typeof set.rows.rows[0][c] === "string")) return null;
      return { rows: mapInputs(set.rows, 1, (v, _, r) => (gone[r] ? 0 : v)) };
    },
  },
  {
    name: "a class rarer than the others (share of its rows kept)",
    ...shares([0.2, 0.1, 0.05]),
    checks: ["class-counts"],
    plant(set, share) {
      if (!isClasses(set)) return null;
      const rare = labelsOf(set.rows)[0];
      const d = draws(`rare ${set.name}`);
      return {
        rows: { ...set.rows, rows: set.rows.rows.filter((cells) => cells.at(-1) !== rare || d.uniform() < share) },
      };
    },
  },
  {
    name: "a class missing on one side",
    ...named([0, 1], (side) => (side ? "training" : "validation")),
    cause: "unrepresentative-split",
    checks: ["split-class-missing"],
    plant(set, inTraining) {
      if (!isClasses(set)) return null;
      const { rows, validation } = apart(set);
      const lost = labelsOf(rows)[0];
      const without = (part: Rows): Rows => ({ ...part, rows: part.rows.filter((cells) => cells.at(-1) !== lost) });
      return inTraining ? { rows: without(rows), validation } : { rows, validation: without(validation) };
    },
  },
  {
    name: "sorted rows, evaluated on the last fifth",
    ...named([1], () => "sorted"),
    cause: "unrepresentative-split",
    checks: ["split-class-missing", "target-drift"],
    plant: (set) => ({ rows: sorted(set.rows), split: "tail" }),
  },
  {
    name: "all columns of validation shifted",
    ...named([0, 0.25, 0.5, 1], (size) => `${size} sd`),
    cause: "wrong-preprocessing",
    checks: ["split-drift", "column-drift"],
    plant(set, size) {
      const { rows, validation } = apart(set);
      const of = momentsOf(rows);
      return { rows, validation: mapInputs(validation, 1, (v, c) => v + size * of[c].std) };
    },
  },
  {
    name: "one column of validation shifted",
    ...named([0.25, 0.5, 1], (size) => `${size} sd`),
    checks: ["split-drift", "column-drift"],
    plant(set, size) {
      if (!isTable(set)) return null;
      const { rows, validation } = apart(set);
      const [of, own] = [momentsOf(rows), column(rows)];
      return { rows, validation: mapInputs(validation, 1, (v, c) => (c === own ? v + size * of[c].std : v)) };
    },
  },
  {
    name: "one part standardised",
    ...named([0, 1], (part) => (part ? "training" : "validation")),
    cause: "wrong-preprocessing",
    checks: ["prepared-apart"],
    plant(set, part) {
      const { rows, validation } = apart(set);
      const of = momentsOf(rows);
      return part ? { rows: standardised(rows, of), validation } : { rows, validation: standardised(validation, of) };
    },
  },
  {
    name: "validation in another unit",
    ...named([0.3, 1 / 255, 1000, -1], (by) => (by === 1 / 255 ? "÷ 255" : times(by))),
    cause: "wrong-preprocessing",
    checks: ["prepared-apart", "split-drift"],
    plant(set, by) {
      const { rows, validation } = apart(set);
      return { rows, validation: mapInputs(validation, 1, (v) => v * by) };
    },
  },
  {
    name: "one column of validation in another unit",
    ...named([2.54, 10, 1000], times),
    cause: "wrong-preprocessing",
    checks: ["prepared-apart", "column-drift"],
    plant(set, by) {
      if (!isTable(set)) return null;
      const { rows, validation } = apart(set);
      const own = column(rows);
      return { rows, validation: mapInputs(validation, 1, (v, c) => (c === own ? v * by : v)) };
    },
  },
  {
    name: "targets of validation shifted",
    ...named([0.5, 1], (size) => `${size} sd`),
    checks: ["target-drift"],
    plant(set, size) {
      if (isClasses(set)) return null;
      const { rows, validation } = apart(set);
      const { std } = momentsOf(rows).at(-1)!;
      return { rows, validation: mapTargets(validation, 1, (cell) => Number(cell) + size * std) };
    },
  },
];
