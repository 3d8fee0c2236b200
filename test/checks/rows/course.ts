/** Rows of the table: the course of a training. */
import { accuracy, epochs, falling, flat, planned, profile, steps } from "../parts.ts";
import { baselines, calm, nan, type Row } from "../pieces.ts";

export const course: Row[] = [
  ["nan-at-start", { initial: { loss: nan, layers: [] } }, { initial: { loss: 1.1, layers: [] } }],
  ["nan-from-calm", { steps: steps([...calm, nan]) }, { steps: steps([1, 10, 200, 1e6, nan]) }],
  ["diverges", { steps: steps([1, 10, 200, 1e6, nan]) }, { steps: steps(falling(60)) }],
  [
    "loss-flat",
    { steps: steps(flat(100, 1.098)), epochs: epochs(flat(10, 1.098)) },
    { steps: steps(falling(100)), epochs: epochs(falling(10)) },
  ],
  [
    "loss-at-chance",
    { ...planned(), profile: profile(), epochs: epochs(flat(10, 1.0986)) },
    { ...planned(), profile: profile(), epochs: epochs(falling(10)) },
  ],
  [
    "loss-clipped",
    { ...planned(), metric: accuracy, epochs: epochs(flat(5, 0.5 * 16.118, 0), { train: [0.5, 0.5, 0.5, 0.5, 0.5] }) },
    { ...planned(), metric: accuracy, epochs: epochs(falling(5)) },
  ],
  [
    "one-answer",
    {
      predictions: {
        columns: [],
        classes: [
          { name: "0", actual: 0.5, predicted: 1 },
          { name: "1", actual: 0.5, predicted: 0 },
        ],
      },
    },
    {
      predictions: {
        columns: [{ min: 0, max: 9, mean: 4, std: 2 }],
        targets: [{ min: 0, max: 10, mean: 4, std: 2.2 }],
      },
    },
  ],
  [
    "rare-class-missed",
    {
      predictions: {
        columns: [],
        classes: [
          { name: "0", actual: 0.9, predicted: 0.99, recall: 1 },
          { name: "1", actual: 0.1, predicted: 0.01, recall: 0.1 },
        ],
      },
    },
    {
      predictions: {
        columns: [],
        classes: [
          { name: "0", actual: 0.9, predicted: 0.9, recall: 0.98 },
          { name: "1", actual: 0.1, predicted: 0.1, recall: 0.85 },
        ],
      },
    },
  ],
  [
    "below-baseline",
    { metric: accuracy, scores: [0.5, 0.52, 0.49], baselines: baselines(0.9) },
    { metric: accuracy, scores: [0.91, 0.9, 0.92], baselines: baselines(0.9) },
  ],
  [
    "no-room",
    { metric: accuracy, scores: [0.99, 1, 0.99] },
    { metric: accuracy, scores: [0.5, 0.52, 0.49], baselines: baselines(0.9) },
  ],
  ["still-improving", { epochs: epochs(falling(20, 1, 0.1, 12)) }, { epochs: epochs(falling(40, 1, 0.1, 3)) }],
  [
    "learns-slowly",
    { epochs: epochs(falling(20, 1, 0.5, 80)), steps: steps(falling(200, 1, 0.5, 800)) },
    { epochs: epochs(falling(20)), steps: steps(falling(200)) },
  ],
  [
    "loss-oscillates",
    { epochs: epochs([1, 0.5, 1.2, 0.6, 1.1, 0.4, 1, 0.6, 1.2, 0.5]) },
    { epochs: epochs(falling(10)) },
  ],
  [
    "score-swings",
    { metric: accuracy, epochs: epochs(falling(10), { score: [0.5, 0.9, 0.5, 0.9, 0.6, 0.9, 0.6, 0.9, 0.5, 0.9] }) },
    {
      metric: accuracy,
      epochs: epochs(falling(10), { score: [0.5, 0.6, 0.7, 0.75, 0.8, 0.82, 0.83, 0.84, 0.85, 0.85] }),
    },
  ],
  ["seeds-disagree", { metric: accuracy, scores: [0.5, 0.9, 0.7] }, { metric: accuracy, scores: [0.9, 0.91, 0.89] }],
  [
    "validation-turns",
    { epochs: epochs(falling(10, 1, 0.01), { validation: [1, 0.8, 0.7, 0.65, 0.7, 0.8, 0.9, 1, 1.1, 1.2] }) },
    { epochs: epochs(falling(10)) },
  ],
  [
    "train-gap",
    {
      metric: accuracy,
      epochs: epochs(falling(5), { train: [0.9, 0.95, 0.99, 1, 1], score: [0.6, 0.65, 0.66, 0.66, 0.66] }),
    },
    { metric: accuracy, epochs: epochs(falling(5)) },
  ],
  [
    "training-mode-worse",
    { epochs: epochs(falling(9)).map((epoch) => ({ ...epoch, running: 5 * (epoch.train?.loss ?? 0) })) },
    { epochs: epochs(falling(9)).map((epoch) => ({ ...epoch, running: 1.02 * (epoch.train?.loss ?? 0) })) },
  ],
  [
    "training-unfit",
    { metric: accuracy, epochs: epochs(falling(3), { train: [0.5, 0.5, 0.5] }) },
    { metric: accuracy, epochs: epochs(falling(3), { train: [0.9, 0.95, 0.99] }) },
  ],
];
