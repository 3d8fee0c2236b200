/** Small literals that tests of checks and causes are made of. */
import type { Case, EpochRecord, LayerStats, StartRecord } from "../../src/case/case.ts";
import { fromPlan } from "../../src/case/from-plan.ts";
import type { Profile } from "../../src/data/profile.ts";
import { type Plan, parsePlan } from "../../src/plan/plan.ts";

type Loose = Record<string, unknown>;

/** A healthy classifier of 3 classes, changed as told. */
export const given = (
  change: { data?: Loose; network?: unknown[]; training?: Loose; metric?: string } = {},
): Loose => ({
  data: { source: "data.csv", target: "y", ...change.data },
  network: change.network ?? [
    { layer: "dense", units: 16, activation: "relu" },
    { layer: "dense", units: 3, activation: "softmax" },
  ],
  training: {
    loss: "categoricalCrossentropy",
    optimizer: { name: "adam", learningRate: 0.001 },
    epochs: 50,
    ...change.training,
  },
  ...(change.metric ? { metric: change.metric } : {}),
});

export const plan = (change: Parameters<typeof given>[0] = {}): Plan => parsePlan(given(change));

/** The same as parts of a Case. */
export const planned = (change: Parameters<typeof given>[0] = {}) => fromPlan(plan(change));

export const column = (name: string, change: Partial<Profile["columns"][number]> = {}): Profile["columns"][number] => ({
  name,
  missing: 0,
  distinct: 100,
  min: -2,
  max: 2,
  mean: 0,
  std: 1,
  ...change,
});

export const classes = (...counts: [value: number, train: number, validation: number][]): Profile["target"] => ({
  kind: "classes",
  encoding: "integer",
  missing: 0,
  classes: counts.map(([value, train, validation]) => ({ name: String(value), value, train, validation })),
});

export const numbers = (mean: number, std: number, min = mean - 2 * std, max = mean + 2 * std): Profile["target"] => ({
  kind: "numbers",
  columns: [{ name: "y", mean, std, min, max }],
  missing: 0,
});

export const profile = (
  change: Omit<Partial<Profile>, "inputs"> & { inputs?: Partial<Profile["inputs"]> } = {},
): Profile => {
  const columns = change.columns ?? [column("a"), column("b")];
  return {
    rows: 500,
    features: columns.length,
    shape: [columns.length],
    task: change.target?.kind === "numbers" ? "regression" : "classification",
    images: false,
    split: { kind: "random", train: 400, validation: 100, test: 0 },
    raw: columns,
    validationColumns: columns,
    target: classes([0, 134, 33], [1, 133, 33], [2, 133, 34]),
    duplicates: { within: 0, across: 0 },
    order: { sorted: false, runs: 300, expectedRuns: 300 },
    ...change,
    columns,
    inputs: {
      mean: 0,
      std: 1,
      maxAbs: 2,
      largestStd: 1,
      smallestStd: 1,
      ratio: 1,
      worst: "a",
      constant: [],
      missingRows: 0,
      missingCells: 0,
      missing: [],
      ...change.inputs,
    },
  };
};

export const start = (change: Partial<StartRecord> = {}): StartRecord => ({
  epochs: 50,
  stepsPerEpoch: 13,
  parameters: 99,
  rows: { train: 400, validation: 100 },
  layers: [
    { name: "dense", kind: "dense", shape: [16], parameters: 48 },
    { name: "dense_1", kind: "dense", shape: [3], parameters: 51 },
  ],
  ...change,
});

/** Epochs from training losses, with validation a little above, unless told. */
export const epochs = (
  loss: number[],
  change: { validation?: number[] | null; train?: number[]; score?: number[] } = {},
): EpochRecord[] =>
  loss.map((value, i) => ({
    epoch: i + 1,
    step: 13 * (i + 1),
    train: { loss: value, score: change.train?.[i] ?? 0.9 },
    validation:
      change.validation === null
        ? null
        : { loss: change.validation?.[i] ?? value * 1.02, score: change.score?.[i] ?? 0.9 },
    rate: 0.001,
  }));

export const steps = (loss: number[], rate: number[] | number = 0.001) => ({
  loss,
  rate: Array.isArray(rate) ? rate : loss.map(() => rate),
});

export const layer = (
  name: string,
  change: Partial<NonNullable<LayerStats["activation"]>> = {},
  rest: Partial<LayerStats> = {},
): LayerStats => ({
  name,
  activation: { mean: 0.4, std: 0.6, zeros: 0.4, saturated: 0, deadUnits: 0, ...change },
  gradient: 0.1,
  weight: 2,
  update: 0.001,
  ...rest,
});

export const layers = (...all: LayerStats[]) => [{ step: 10, epoch: 1, layers: all }];

export const accuracy: NonNullable<Case["metric"]> = { name: "accuracy", better: "higher", split: "validation" };

export const known = (parts: Omit<Case, "version">): Case => ({ version: 1, ...parts });

/** 1, 1/2, 1/3 … as a curve that falls and flattens. */
export const falling = (n: number, from = 1, to = 0.1, half = n / 8): number[] =>
  Array.from({ length: n }, (_, i) => to + (from - to) * 2 ** (-i / half));

export const flat = (n: number, level: number, wiggle = 0.002): number[] =>
  Array.from({ length: n }, (_, i) => level * (1 + wiggle * Math.sin(i * 2.4)));
