/** Healthy plans: they reach what their data allow, and are what the faults are planted in. */
import type { Given } from "../../src/plan/edit.ts";
import { DATA, type DataName } from "./data.ts";
import type { Rows } from "./rows.ts";

export type Kind = "binary" | "classes" | "multilabel" | "regression";

/** A plan with its rows; both are what a fault edits. */
export type Draft = {
  base: string;
  kind: Kind;
  /** How many columns at the end are targets. */
  targets: number;
  given: Given;
  rows: Rows;
  /** A source of its own for validation. */
  validation?: Rows;
};

type Layer = Given & { layer: string };
type Spec = {
  data: DataName;
  kind: Kind;
  /** Units of the hidden dense layers, or layers as they are. */
  hidden: (number | Layer)[];
  activation?: string;
  out?: number;
  scale?: unknown;
  scaleTarget?: string;
  optimizer?: Given;
  batch?: number;
  epochs: number;
  /** Fields that are set as they are, over all else. */
  over?: { data?: Given; training?: Given; metric?: unknown };
};

const TASK = {
  binary: "classification",
  classes: "classification",
  multilabel: "multilabel",
  regression: "regression",
};
const OUTPUT = { binary: "sigmoid", classes: "softmax", multilabel: "sigmoid", regression: "linear" };
const LOSS = {
  binary: "binaryCrossentropy",
  classes: "categoricalCrossentropy",
  multilabel: "binaryCrossentropy",
  regression: "meanSquaredError",
};

export function draft(id: string, spec: Spec): Draft {
  const rows = DATA[spec.data]();
  const out = spec.out ?? 1;
  const targets = spec.kind === "multilabel" ? out : 1;
  const names = rows.columns.slice(-targets);
  const activation = spec.activation ?? "relu";
  const given: Given = {
    data: {
      source: `${spec.data}.csv`,
      target: targets === 1 ? names[0] : names,
      task: TASK[spec.kind],
      ...(spec.scale !== undefined && { scale: spec.scale }),
      ...(spec.scaleTarget && { scaleTarget: spec.scaleTarget }),
      ...spec.over?.data,
    },
    network: [
      ...spec.hidden.map((layer) => (typeof layer === "number" ? { layer: "dense", units: layer, activation } : layer)),
      { layer: "dense", units: out, activation: OUTPUT[spec.kind] },
    ],
    training: {
      loss: LOSS[spec.kind],
      optimizer: spec.optimizer ?? { name: "adam", learningRate: 0.01 },
      batchSize: spec.batch ?? 32,
      epochs: spec.epochs,
      ...spec.over?.training,
    },
    ...(spec.over?.metric !== undefined && { metric: spec.over.metric }),
  };
  return { base: id, kind: spec.kind, targets, given, rows };
}

const standard = { scale: "standard" };
const both = { scale: "standard", scaleTarget: "standard" };
const small: Layer[] = [
  { layer: "conv2d", filters: 4, kernelSize: 3, activation: "relu" },
  { layer: "maxPooling2d", poolSize: 2 },
  { layer: "flatten" },
];
const pixels = { scale: { divideBy: 255 } };
const sgd = (learningRate: number, momentum = 0.9): Given => ({ name: "sgd", learningRate, momentum });

export const BASES: Record<string, Spec> = {
  blobs: { data: "blobs", kind: "classes", out: 3, hidden: [16], epochs: 20 },
  rings: { data: "rings", kind: "binary", hidden: [16, 16], epochs: 30 },
  checker: { data: "checker", kind: "binary", hidden: [32, 32], epochs: 60 },
  interaction: { data: "interaction", kind: "classes", out: 2, hidden: [24], epochs: 25 },
  waves: { data: "waves", kind: "classes", out: 3, hidden: [24, 24], epochs: 50 },
  labels: { data: "labels", kind: "multilabel", out: 4, hidden: [24], epochs: 25 },
  airports: { data: "airports", kind: "classes", out: 6, hidden: [24], epochs: 60, ...standard },
  quakes: { data: "quakes", kind: "classes", out: 4, hidden: [24], epochs: 60, ...standard },
  odd: { data: "oddDigits", kind: "binary", hidden: [32], epochs: 20, ...pixels },
  digits7: { data: "digits7", kind: "classes", out: 10, hidden: [48], epochs: 25, ...pixels },
  cnn: { data: "threeEight", kind: "binary", hidden: small, epochs: 10, ...pixels },
  cnn4: { data: "fourDigits", kind: "classes", out: 4, hidden: [...small, 16], epochs: 10, ...pixels },
  friedman1: { data: "friedman1", kind: "regression", hidden: [32], epochs: 50 },
  friedman2: { data: "friedman2", kind: "regression", hidden: [24], epochs: 40, ...both },
  sines: { data: "sines", kind: "regression", hidden: [24, 24], epochs: 40 },
  gapminder: { data: "gapminder", kind: "regression", hidden: [24], epochs: 40, ...both },
  newYork: { data: "newYork", kind: "regression", hidden: [16], epochs: 25, ...both },
  hours: { data: "hours", kind: "regression", hidden: [32], epochs: 40, ...both },
  population: { data: "population", kind: "regression", hidden: [16], epochs: 40, ...both },
};

const deep = (count: number, units: number) => Array.from({ length: count }, () => units);
const drop = (rate: number): Layer => ({ layer: "dropout", rate });
const dense = (units: number, more: Given): Layer => ({ layer: "dense", units, activation: "relu", ...more });

/** Healthy, though they look odd: nothing may be found in them. */
export const UNUSUAL: Record<string, Spec> = {
  ...Object.fromEntries(Object.entries(BASES).map(([id, spec]) => [`plain-${id}`, spec])),
  "tiny-batch": { ...BASES.blobs, batch: 2, optimizer: { name: "adam", learningRate: 0.001 } },
  "batch-1-sgd": { ...BASES.gapminder, batch: 1, optimizer: sgd(0.01, 0), epochs: 40 },
  "full-batch": { ...BASES.rings, batch: 1024, optimizer: { name: "adam", learningRate: 0.05 }, epochs: 200 },
  "full-batch-sgd": { ...BASES.blobs, batch: 512, optimizer: sgd(0.5), epochs: 120 },
  "sgd-chosen": { ...BASES.waves, optimizer: sgd(0.1), epochs: 80 },
  "sgd-plain-long": { ...BASES.blobs, optimizer: { name: "sgd", learningRate: 0.1 }, epochs: 60 },
  "sgd-regression": { ...BASES.newYork, optimizer: sgd(0.01) },
  "sigmoid-hidden": { ...BASES.newYork, activation: "sigmoid", epochs: 40 },
  "sigmoid-digits": { ...BASES.digits7, activation: "sigmoid", epochs: 40 },
  "tanh-hidden": { ...BASES.sines, activation: "tanh", epochs: 80 },
  "softplus-hidden": { ...BASES.sines, activation: "softplus", epochs: 120 },
  "elu-deep": {
    ...BASES.rings,
    activation: "elu",
    hidden: deep(5, 16),
    optimizer: { name: "adam", learningRate: 0.003 },
    epochs: 40,
  },
  "deep-but-fine": { ...BASES.airports, hidden: deep(6, 24), optimizer: { name: "adam", learningRate: 0.003 } },
  "raw-weather": { ...BASES.newYork, scale: undefined, scaleTarget: undefined, epochs: 200 },
  "raw-blobs-wide": { ...BASES.blobs, hidden: [128], epochs: 15 },
  "noisy-coin": { ...BASES.interaction, data: "coin", optimizer: { name: "adam", learningRate: 0.001 }, epochs: 10 },
  "noisy-faint": { ...BASES.interaction, data: "faint", optimizer: { name: "adam", learningRate: 0.001 }, epochs: 15 },
  "noisy-murky": { ...BASES.friedman1, data: "murky", hidden: [8], epochs: 8 },
  "few-rows": { ...BASES.newYork, data: "incomes", epochs: 30, hidden: [8] },
  "few-rows-barley": { ...BASES.newYork, data: "barley", epochs: 40, hidden: [8] },
  "dropout-half": { ...BASES.digits7, hidden: [96, drop(0.5)], epochs: 40 },
  "dropout-half-odd": { ...BASES.odd, hidden: [96, drop(0.5)], epochs: 30 },
  "he-normal": { ...BASES.quakes, hidden: [dense(24, { kernelInit: "heNormal" })] },
  orthogonal: { ...BASES.digits7, hidden: [dense(48, { kernelInit: "orthogonal" })] },
  "normal-05": { ...BASES.blobs, hidden: [dense(16, { kernelInit: { normal: 0.05 } })] },
  "bias-ones": { ...BASES.gapminder, hidden: [dense(24, { biasInit: { constant: 0.1 } })] },
  "no-validation": { ...BASES.blobs, over: { data: { validation: null } }, epochs: 60 },
  "no-validation-regression": { ...BASES.newYork, over: { data: { validation: null } } },
  stratified: { ...BASES.quakes, over: { data: { validation: { fraction: 0.25, split: "stratified" } } } },
  "tail-of-mixed": { ...BASES.digits7, over: { data: { validation: { fraction: 0.25, split: "tail" } } } },
  "not-shuffled-mixed": { ...BASES.digits7, over: { training: { shuffle: false } } },
  "early-stopping": {
    ...BASES.odd,
    epochs: 60,
    over: { training: { earlyStopping: { patience: 5, restoreBest: true } } },
  },
  "weak-penalty": { ...BASES.digits7, hidden: [dense(48, { l2: 0.0005 })] },
  "two-softmax-units": { ...BASES.odd, kind: "classes", out: 2 },
  "huber-loss": { ...BASES.newYork, over: { training: { loss: "huber" } } },
  "mae-loss": { ...BASES.newYork, over: { training: { loss: "meanAbsoluteError" } }, epochs: 40 },
  "rms-prop": { ...BASES.newYork, optimizer: { name: "rmsprop", learningRate: 0.005 } },
  "cosine-schedule": { ...BASES.waves, epochs: 80, over: { training: { schedule: { name: "cosine" } } } },
  "minmax-scale": { ...BASES.newYork, scale: "minmax", epochs: 40 },
  "from-logits": {
    ...BASES.digits7,
    over: { training: { loss: { name: "categoricalCrossentropy", labelSmoothing: 0.05 } } },
  },
  "wide-columns": { ...BASES.digits7, hidden: [16], epochs: 40 },
  "linear-enough": { ...BASES.newYork, hidden: [], epochs: 40 },
  clipped: { ...BASES.friedman2, over: { training: { clipNorm: 1 } }, epochs: 60 },
};
