/** Faults of the training, at graded severity. */
import {
  after,
  any,
  bothOf,
  dense,
  type Fault,
  faster,
  is,
  many,
  rate,
  rateIn,
  schedule,
  set,
  sgd,
  sgdOf,
  stack,
} from "./edits.ts";
import { apart, fewer, outliers, overheard, targetTimes } from "./rows.ts";

export const trainingFaults: readonly Fault[] = [
  {
    cause: "wrong-metric",
    on: is("regression", "classes"),
    evaluated: "told",
    levels: [
      ({ kind }) => ({ broken: set(["metric", kind === "regression" ? "accuracy" : "binaryAccuracy"]) }),
      ({ kind }) => ({ broken: set(["metric", kind === "regression" ? "binaryAccuracy" : "r2"]) }),
    ],
  },
  {
    cause: "learning-rate-too-high",
    on: any,
    levels: [20, 60, 200, 1000].map(faster),
    accept: ["dying-relu", "exploding-gradients"],
  },
  {
    cause: "learning-rate-too-low",
    on: any,
    levels: [30, 100, 1000, 1e5].map((by) => faster(1 / by)),
    accept: ["too-few-epochs"],
  },
  {
    cause: "bad-schedule",
    on: any,
    levels: [
      schedule({ name: "exponential", factor: 0.6 }),
      schedule({ name: "exponential", factor: 0.25 }),
      schedule({ name: "step", factor: 0.01, every: 2 }),
      schedule({ name: "warmup", epochs: 2000 }),
    ],
    accept: ["learning-rate-too-low"],
  },
  {
    cause: "weak-optimizer",
    on: any,
    levels: [
      () => ({ broken: sgd(0.05) }),
      () => ({ broken: sgd(0.01) }),
      () => ({ broken: set(["training.optimizer", { name: "adam", learningRate: 0.01, epsilon: 1 }]) }),
      () => ({ broken: set(["training.optimizer", { name: "rmsprop", learningRate: 0.01, epsilon: 10 }]) }),
    ],
    accept: ["learning-rate-too-low", "too-few-epochs"],
  },
  {
    cause: "batch-too-large",
    on: any,
    levels: [
      (draft) => ({ broken: set(["training.batchSize", Math.ceil(draft.rows.rows.length / 4)]) }),
      () => ({ broken: set(["training.batchSize", 1024]) }),
      () => ({ data: set(["training.optimizer.learningRate", 0.003]), broken: set(["training.batchSize", 2048]) }),
    ],
    accept: ["too-few-epochs", "learning-rate-too-low"],
  },
  {
    cause: "batch-too-small",
    on: bothOf(dense, ({ kind, base }) => kind === "regression" || ["digits7", "labels", "waves"].includes(base)),
    levels: [
      () => ({ data: after(rate(0.03), many(12)), broken: set(["training.batchSize", 2]) }),
      () => ({ data: after(rate(0.02), many(12)), broken: set(["training.batchSize", 1]) }),
      () => ({ data: after(rate(0.05), many(12)), broken: set(["training.batchSize", 1]) }),
    ],
    accept: ["learning-rate-too-high"],
  },
  {
    cause: "too-few-epochs",
    on: any,
    levels: [6, 3, 2, 1].map((epochs) => () => ({ broken: many(epochs) })),
    accept: ["learning-rate-too-low"],
  },
  {
    cause: "exploding-gradients",
    each: 7,
    on: is("regression"),
    levels: [
      () => ({ data: after(outliers(0.02), sgdOf(0.1)), fixed: set(["training.clipNorm", 1]) }),
      () => ({
        data: after(targetTimes(8), set(["data.scaleTarget", "none"]), sgdOf(0.05)),
        fixed: set(["training.clipNorm", 1]),
      }),
      () => ({
        data: after(stack(4, 32, { kernelInit: { normal: 0.35 } }), sgdOf(0.02)),
        fixed: set(["training.clipNorm", 0.5]),
      }),
    ],
    accept: ["learning-rate-too-high", "targets-not-scaled", "poor-initialisation"],
  },
  {
    cause: "overfitting",
    on: bothOf(dense, is("binary", "classes", "regression")),
    levels: [140, 90, 60].map((count) => () => ({
      data: after(overheard, apart, fewer(count), stack(2, 96), rateIn(0.005)),
      broken: many(150),
      fixed: after(many(150), set(["training.earlyStopping", { patience: 8, restoreBest: true }])),
    })),
    accept: ["too-few-examples", "network-too-large", "label-noise"],
  },
];
