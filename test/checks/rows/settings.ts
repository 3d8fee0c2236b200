/** Rows of the table: probes and settings of the training. */
import { accuracy, falling, flat, planned, profile, steps } from "../parts.ts";
import { nan, type Row, regression, sgd, sweep, toNumber, valley } from "../pieces.ts";

export const settings: Row[] = [
  ["rate-right-of-valley", sweep(valley, 0.1), sweep(valley, 0.01)],
  ["rate-left-of-valley", sweep(valley, 1e-4), sweep(valley, 0.01)],
  ["rate-in-valley", sweep(valley, 0.01), sweep(valley, 0.1)],
  ["sweep-nowhere", sweep([1, 1, 0.999, 1, nan], 0.01), sweep(valley, 0.01)],
  [
    "one-batch-unfit",
    { overfitOneBatch: { rows: 16, steps: 500, first: 1.1, last: 1.05, score: 0.4, baselineLoss: 1.09 } },
    { overfitOneBatch: { rows: 16, steps: 500, first: 1.1, last: 0.01, score: 1, baselineLoss: 1.09 } },
  ],
  [
    "inputs-ignored",
    { metric: accuracy, zeroedInputs: { score: 0.5, loss: 0.7, plain: { score: 0.5, loss: 0.69 } } },
    { metric: accuracy, zeroedInputs: { score: 0.5, loss: 0.7, plain: { score: 0.9, loss: 0.2 } } },
  ],
  [
    "labels-ignored",
    { metric: accuracy, shuffledLabels: { score: 0.5, loss: 0.7, plain: { score: 0.5, loss: 0.69 } } },
    { metric: accuracy, shuffledLabels: { score: 0.5, loss: 0.7, plain: { score: 0.9, loss: 0.2 } } },
  ],
  [
    "more-rows-help",
    {
      metric: accuracy,
      learningCurve: [
        { share: 0.25, rows: 10, score: 0.6 },
        { share: 0.5, rows: 20, score: 0.7 },
        { share: 1, rows: 40, score: 0.8 },
      ],
    },
    {
      metric: accuracy,
      learningCurve: [
        { share: 0.25, rows: 100, score: 0.88 },
        { share: 0.5, rows: 200, score: 0.9 },
        { share: 1, rows: 400, score: 0.9 },
      ],
    },
  ],
  [
    "smaller-network-better",
    {
      metric: accuracy,
      capacity: [
        { change: "as it is", score: 0.8 },
        { change: "half as deep", score: 0.9 },
      ],
    },
    {
      metric: accuracy,
      capacity: [
        { change: "as it is", score: 0.8 },
        { change: "twice as deep", score: 0.9 },
        { change: "half as wide", score: 0.81 },
      ],
    },
  ],
  [
    "larger-network-better",
    {
      metric: accuracy,
      capacity: [
        { change: "as it is", score: Number.NaN },
        { change: "twice as wide", score: 0.9 },
      ],
    },
    {
      metric: accuracy,
      capacity: [
        { change: "as it is", score: 0.8 },
        { change: "half as wide", score: 0.9 },
        { change: "twice as wide", score: 0.78 },
      ],
    },
  ],
  [
    "smaller-batch-better",
    {
      metric: accuracy,
      batchSizes: [
        { size: 8, own: false, score: 0.9 },
        { size: 32, own: true, score: 0.8 },
      ],
    },
    {
      metric: accuracy,
      batchSizes: [
        { size: 8, own: false, score: 0.8 },
        { size: 32, own: true, score: 0.8 },
        { size: 128, own: false, score: 0.9 },
      ],
    },
  ],
  [
    "larger-batch-better",
    {
      metric: accuracy,
      batchSizes: [
        { size: 32, own: true, score: 0.8 },
        { size: 128, own: false, score: 0.9 },
      ],
    },
    {
      metric: accuracy,
      batchSizes: [
        { size: 8, own: false, score: 0.9 },
        { size: 32, own: true, score: 0.8 },
        { size: 128, own: false, score: 0.8 },
      ],
    },
  ],
  [
    "initial-loss-high",
    { ...planned(), profile: profile(), initial: { loss: 40, layers: [] } },
    { ...planned(), profile: profile(), initial: { loss: 1.2, layers: [] } },
  ],
  [
    "few-updates",
    { ...planned({ training: { epochs: 3 } }), profile: profile() },
    { ...planned({ training: { epochs: 300 } }), profile: profile() },
  ],
  ["few-epochs", { ...planned({ training: { epochs: 1 } }) }, { ...planned() }],
  [
    "large-batch",
    { ...planned({ training: { batchSize: 400 } }), profile: profile() },
    { ...planned(), profile: profile() },
  ],
  [
    "small-batch",
    { ...planned({ training: { batchSize: 1 } }), profile: profile() },
    { ...planned(), profile: profile() },
  ],
  ["plain-sgd", { ...sgd(0.01) }, { ...sgd(0.01, { momentum: 0.9 }) }],
  ["optimizer-odd", { ...planned({ training: { optimizer: { name: "adam", epsilon: 1e-16 } } }) }, { ...planned() }],
  ["rate-high", { ...sgd(3) }, { ...sgd(0.05) }],
  ["rate-low", { ...sgd(1e-5) }, { ...sgd(0.01) }],
  ["rate-scheduled", { ...planned({ training: { schedule: { name: "cosine" } } }) }, { ...sgd(0.01, { decay: 1e-6 }) }],
  ["rate-fades", { steps: steps(falling(40), falling(40, 0.1, 1e-9, 3)) }, { steps: steps(falling(40)) }],
  [
    "loss-jumps-with-rate",
    { steps: steps([...falling(30), ...flat(20, 2)], [...flat(30, 0.001, 0), ...flat(20, 0.1, 0)]) },
    { steps: steps(falling(50)) },
  ],
  [
    "loss-summed",
    { ...planned({ training: { loss: { name: "categoricalCrossentropy", reduction: "sum" } } }) },
    { ...planned() },
  ],
  [
    "metric-mismatch",
    { task: "regression", ...toNumber("linear"), metric: accuracy },
    { task: "regression", ...toNumber("linear"), metric: regression },
  ],
];
