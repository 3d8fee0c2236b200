/** A literal Case for each cause, and how far up it must come. */
import type { Case } from "../../src/case/case.ts";
import type { CauseId } from "../../src/causes/index.ts";
import {
  accuracy,
  classes,
  column,
  epochs,
  falling,
  flat,
  layer,
  layers,
  numbers,
  planned,
  profile,
  start,
  steps,
} from "../checks/parts.ts";
import { split } from "../checks/pieces.ts";

export type Parts = Omit<Case, "version">;

export const dense = (units: number, activation = "relu", rest: object = {}) => ({
  layer: "dense",
  units,
  activation,
  ...rest,
});
export const r2 = { name: "r2", better: "higher", split: "validation" } as const;
export const { NaN: nan } = Number;
export const wide = ["a", "b", "c"].map((name) => column(name, { distinct: 1000 }));
export const below = [
  { name: "majority class", value: 0.34 },
  { name: "linear", value: 0.9 },
  { name: "k nearest neighbours", value: 0.92 },
];

/** A classifier that is stuck at chance: what most faults look like from outside. */
export const stuck: Parts = {
  ...planned(),
  task: "classification",
  profile: profile(),
  metric: accuracy,
  start: start({ parameters: 99 }),
  epochs: epochs(flat(50, 1.05), { train: flat(50, 0.4), score: flat(50, 0.4) }),
  steps: steps(flat(650, 1.05)),
  scores: [0.4, 0.42, 0.38],
  baselines: below,
  layers: layers(layer("dense"), layer("dense_1")),
  initial: { loss: 1.12, layers: [layer("dense"), layer("dense_1")] },
};
export const learning: Parts = {
  ...stuck,
  epochs: epochs(falling(50, 1.1, 0.4, 6), { train: flat(50, 0.8), score: flat(50, 0.75) }),
  steps: steps(falling(650, 1.1, 0.4, 80)),
  scores: [0.75, 0.74, 0.76],
};
export const numbersOf: Parts = {
  ...stuck,
  task: "regression",
  metric: r2,
  ...planned({ network: [dense(16), dense(1, "linear")], training: { loss: "meanSquaredError" } }),
  profile: profile({ target: numbers(0, 1) }),
  epochs: epochs(flat(50, 0.98), { train: flat(50, 0.02), score: flat(50, 0.01) }),
  scores: [0.01, 0.02, 0],
  baselines: [
    { name: "mean", value: 0 },
    { name: "linear", value: 0.8 },
  ],
};
export const trained = (training: Record<string, unknown>, network?: unknown[]) => planned({ network, training });
export const broken = {
  steps: steps([1, 30, 1e4, 1e9, nan]),
  epochs: epochs([nan], { validation: [nan], train: [0.33], score: [0.33] }),
  end: { reason: "diverged", epoch: 1, bestEpoch: 1, score: 0.33 } as const,
};
export const sweep = (own: number, losses = [1.04, 0.9, 0.5, 0.2, 0.9]): Parts => ({
  learningRateSweep: { rates: [1e-4, 1e-3, 1e-2, 1e-1, 1], losses, own, steps: 200, start: 1.1 },
});
export const rising = {
  epochs: epochs(falling(50, 1, 0.01, 10), {
    validation: Array.from({ length: 50 }, (_, i) => 0.6 + Math.abs(i - 10) / 40),
    train: flat(50, 0.99),
    score: flat(50, 0.7),
  }),
};
export const slow = {
  epochs: epochs(falling(20, 1.1, 0.5, 40), { train: flat(20, 0.6), score: flat(20, 0.6) }),
  steps: steps(falling(260, 1.1, 0.5, 520)),
};

/** A Case for each cause, and how far up it must come. */
export const cases: [CauseId, number, Parts][] = [
  [
    "inputs-not-scaled",
    1,
    { ...stuck, profile: profile({ columns: [column("a", { mean: 4000, std: 900 }), column("b", { std: 0.1 })] }) },
  ],
  [
    "targets-not-scaled",
    1,
    {
      ...numbersOf,
      profile: profile({ target: numbers(3000, 800) }),
      epochs: epochs(falling(30, 9e6, 8e6, 60), { train: flat(30, -6), score: flat(30, -6) }),
      scores: [-6, -7, -6],
    },
  ],
  [
    "missing-values",
    1,
    {
      ...stuck,
      ...broken,
      initial: { loss: nan, layers: [] },
      profile: profile({ inputs: { missingCells: 3, missingRows: 3, missing: [{ column: "a", rows: [7] }] } }),
    },
  ],
  [
    "constant-feature",
    1,
    {
      ...stuck,
      ...broken,
      initial: { loss: nan, layers: [] },
      ...planned({ data: { scale: "minmax" } }),
      profile: profile({ inputs: { constant: ["b"] } }),
    },
  ],
  [
    "inputs-scaled-twice",
    1,
    {
      ...stuck,
      ...slow,
      profile: profile({
        columns: [
          column("a", { min: 0, max: 0.01, mean: 0.005, std: 0.003 }),
          column("b", { min: 0, max: 0.02, mean: 0.01, std: 0.004 }),
        ],
      }),
    },
  ],
  [
    "wrong-preprocessing",
    1,
    {
      ...rising,
      ...stuck,
      profile: profile({
        ...split(400, 100, "source"),
        validationColumns: [column("a", { mean: 3 }), column("b", { mean: -3 })],
      }),
    },
  ],
  [
    "label-encoding",
    1,
    {
      ...stuck,
      start: undefined,
      ...planned({ network: [dense(16), dense(1, "sigmoid")], training: { loss: "binaryCrossentropy" } }),
      profile: profile({ target: classes([1, 200, 50], [2, 200, 50]) }),
    },
  ],
  [
    "labels-unrelated",
    1,
    {
      ...rising,
      metric: accuracy,
      ...planned(),
      task: "classification",
      profile: profile(),
      scores: [0.33, 0.35, 0.3],
      baselines: [
        { name: "majority class", value: 0.34 },
        { name: "linear", value: 0.33 },
      ],
      inputDependence: { value: 0.1 },
    },
  ],
  [
    "class-imbalance",
    1,
    {
      ...learning,
      profile: profile({ target: classes([0, 360, 90], [1, 20, 5], [2, 20, 5]) }),
      predictions: {
        columns: [],
        classes: [
          { name: "0", actual: 0.9, predicted: 0.99, recall: 1 },
          { name: "1", actual: 0.05, predicted: 0, recall: 0 },
          { name: "2", actual: 0.05, predicted: 0.01, recall: 0.1 },
        ],
      },
    },
  ],
  [
    "unrepresentative-split",
    1,
    {
      ...learning,
      profile: profile({
        ...split(400, 100, "tail"),
        target: classes([0, 200, 0], [1, 200, 0], [2, 0, 100]),
        order: { sorted: true, runs: 3, expectedRuns: 300 },
      }),
    },
  ],
  [
    "not-shuffled",
    1,
    {
      ...learning,
      ...trained({ shuffle: false }),
      profile: profile({ order: { sorted: true, runs: 3, expectedRuns: 300 } }),
    },
  ],
  [
    "leakage",
    1,
    {
      ...learning,
      scores: [0.99, 0.99, 0.99],
      profile: profile({ columns: wide, duplicates: { within: 100, across: 40 } }),
    },
  ],
  [
    "too-few-examples",
    1,
    {
      ...rising,
      metric: accuracy,
      ...planned(),
      task: "classification",
      profile: profile({ split: { kind: "random", train: 40, validation: 100, test: 0 } }),
      learningCurve: [
        { share: 0.25, rows: 10, score: 0.5 },
        { share: 0.5, rows: 20, score: 0.6 },
        { share: 1, rows: 40, score: 0.7 },
      ],
    },
  ],
  ["wrong-output-activation", 1, { ...stuck, ...trained({}, [dense(16), dense(3, "relu")]) }],
  ["double-softmax", 1, { ...stuck, ...trained({ loss: { name: "categoricalCrossentropy", fromLogits: true } }) }],
  ["missing-nonlinearity", 1, { ...stuck, ...trained({}, [dense(16, "linear"), dense(3, "softmax")]) }],
  ["wrong-hidden-activation", 1, { ...stuck, ...trained({}, [dense(16, "softmax"), dense(3, "softmax")]) }],
  ["dying-relu", 1, { ...stuck, layers: layers(layer("dense", { deadUnits: 1 }), layer("dense_1")) }],
  ["wrong-loss", 1, { ...numbersOf, ...trained({ loss: "binaryCrossentropy" }, [dense(16), dense(1, "linear")]) }],
  ["wrong-metric", 1, { ...numbersOf, metric: accuracy, scores: [0, 0, 0] }],
  [
    "learning-rate-too-high",
    1,
    { ...stuck, ...broken, ...trained({ optimizer: { name: "sgd", learningRate: 1 } }), ...sweep(1) },
  ],
  [
    "learning-rate-too-low",
    1,
    {
      ...stuck,
      ...slow,
      ...trained({ optimizer: { name: "sgd", learningRate: 1e-4, momentum: 0.9 } }),
      ...sweep(1e-4),
    },
  ],
  [
    "bad-schedule",
    1,
    {
      ...learning,
      ...trained({ schedule: { name: "exponential", factor: 0.3 } }),
      steps: steps(falling(650, 1.1, 0.4, 80), falling(650, 0.01, 1e-12, 30)),
    },
  ],
  [
    "weak-optimizer",
    1,
    { ...learning, ...slow, ...trained({ optimizer: { name: "sgd", learningRate: 0.05 } }), ...sweep(0.1) },
  ],
  [
    "batch-too-large",
    1,
    {
      ...stuck,
      ...slow,
      ...trained({ batchSize: 400, epochs: 100 }),
      start: start({ stepsPerEpoch: 1, epochs: 100 }),
      ...sweep(0.1),
    },
  ],
  [
    "batch-too-small",
    1,
    {
      ...learning,
      ...trained({ batchSize: 1 }),
      epochs: epochs(falling(20, 1, 0.4), { score: Array.from({ length: 20 }, (_, i) => (i % 2 ? 0.6 : 0.85)) }),
      ...sweep(0.1),
    },
  ],
  ["too-few-epochs", 1, { ...stuck, ...slow, ...trained({ epochs: 2 }), profile: profile(), ...sweep(0.1) }],
  [
    "poor-initialisation",
    1,
    { ...stuck, ...trained({}, [dense(16, "relu", { kernelInit: "zeros" }), dense(3, "softmax")]) },
  ],
  [
    "vanishing-gradients",
    2,
    {
      ...stuck,
      ...trained({}, [...[1, 2, 3, 4, 5, 6, 7].map(() => dense(16, "sigmoid")), dense(3, "softmax")]),
      layers: layers(layer("a", {}, { gradient: 1e-7 }), layer("b", {}, { gradient: 1e-4 }), layer("c")),
    },
  ],
  [
    "exploding-gradients",
    2,
    { ...stuck, ...broken, layers: layers(layer("a", {}, { gradient: 9e4 }), layer("b"), layer("c")) },
  ],
  [
    "network-too-small",
    1,
    {
      ...learning,
      ...trained({}, [dense(2), dense(3, "softmax")]),
      baselines: [
        { name: "majority class", value: 0.34 },
        { name: "k nearest neighbours", value: 0.99 },
      ],
      ...sweep(0.1),
    },
  ],
  [
    "network-too-large",
    1,
    { ...stuck, ...trained({}, [...Array.from({ length: 40 }, () => dense(16)), dense(3, "softmax")]) },
  ],
  [
    "misplaced-layer",
    1,
    { ...learning, ...trained({}, [dense(16), dense(3, "softmax"), { layer: "dropout", rate: 0.5 }]) },
  ],
  ["overfitting", 1, { ...learning, ...rising, scores: [0.7, 0.71, 0.7] }],
  [
    "over-regularised",
    1,
    {
      ...learning,
      ...trained({}, [dense(16, "relu", { l1: 0.01 }), { layer: "dropout", rate: 0.8 }, dense(3, "softmax")]),
    },
  ],
  [
    "label-noise",
    1,
    { ...learning, suspectLabels: { share: 0.2, rows: [{ row: 3, given: "a", likely: "b", confidence: 0.9 }] } },
  ],
];
