/** Faults of the network, at graded severity. */
import {
  after,
  any,
  append,
  bothOf,
  CURVED,
  curved,
  dense,
  dropouts,
  type Fault,
  frozen,
  hidden,
  init,
  is,
  loss,
  lossName,
  many,
  noisyAnswer,
  output,
  penalties,
  rateIn,
  set,
  sgd,
  slowly,
  stack,
} from "./edits.ts";

export const networkFaults: readonly Fault[] = [
  {
    cause: "wrong-output-activation",
    on: any,
    levels: [
      ({ kind }) => ({ broken: output({ activation: kind === "regression" ? "tanh" : "linear" }) }),
      ({ kind }) => ({ broken: output({ activation: kind === "regression" ? "sigmoid" : "relu" }) }),
      ({ kind }) => ({
        broken: output({ activation: kind === "regression" ? "relu" : kind === "classes" ? "tanh" : "softmax" }),
      }),
      ({ kind }) => ({ broken: output({ activation: kind === "classes" ? "relu" : "softmax" }) }),
    ],
    accept: ["wrong-loss", "dying-relu"],
  },
  {
    cause: "double-softmax",
    on: is("classes"),
    levels: [
      () => ({
        data: after(sgd(0.1), many(15)),
        broken: set(["training.loss", { name: "categoricalCrossentropy", fromLogits: true }]),
      }),
      () => ({ data: after(sgd(0.1), many(15)), broken: append({ layer: "activation", activation: "softmax" }) }),
      () => ({ data: after(sgd(0.03), many(20)), broken: append({ layer: "activation", activation: "softmax" }) }),
      () => ({
        data: after(sgd(0.05), many(20)),
        broken: after(
          append({ layer: "activation", activation: "softmax" }),
          set(["training.loss", { name: "categoricalCrossentropy", fromLogits: true }]),
        ),
      }),
    ],
    accept: ["wrong-loss", "wrong-output-activation"],
  },
  {
    cause: "missing-nonlinearity",
    on: curved,
    levels: [
      () => ({ broken: hidden((layer) => ({ ...layer, activation: "linear" })) }),
      () => ({ data: stack(3, 24), broken: hidden((layer) => ({ ...layer, activation: "linear" })) }),
    ],
  },
  {
    cause: "wrong-hidden-activation",
    on: bothOf(dense, ({ base }) => base !== "friedman2" && base !== "blobs"),
    levels: [
      () => ({ data: after(stack(2, 24), slowly), broken: hidden((layer) => ({ ...layer, activation: "softmax" })) }),
      () => ({ data: stack(3, 24), broken: hidden((layer) => ({ ...layer, activation: "sigmoid" })) }),
      () => ({ data: stack(3, 24), broken: hidden((layer) => ({ ...layer, activation: "softmax" })) }),
      () => ({ data: stack(4, 24), broken: hidden((layer) => ({ ...layer, activation: "hardSigmoid" })) }),
    ],
    accept: ["vanishing-gradients"],
  },
  {
    cause: "dying-relu",
    on: dense,
    levels: [
      () => ({ broken: hidden((layer) => ({ ...layer, biasInit: { constant: -2 } })) }),
      () => ({ broken: hidden((layer) => ({ ...layer, biasInit: { constant: -5 } })) }),
      () => ({ data: stack(2, 16), broken: hidden((layer) => ({ ...layer, biasInit: { constant: -3 } })) }),
      () => ({ data: stack(3, 6), broken: hidden((layer) => ({ ...layer, biasInit: { constant: -0.7 } })) }),
    ],
    accept: ["poor-initialisation"],
  },
  {
    cause: "wrong-loss",
    on: any,
    levels: [
      (draft) =>
        draft.kind === "regression"
          ? loss("poisson")()
          : { data: slowly, broken: set(["training.loss", "meanSquaredError"]) },
      (draft) => (draft.kind === "regression" ? loss("binaryCrossentropy")() : loss("meanAbsoluteError")()),
      () => ({
        data: slowly,
        broken: (draft) => set(["training.loss", { name: lossName(draft), reduction: "sum" }])(draft),
      }),
      (draft) => (draft.kind === "regression" ? loss("categoricalCrossentropy")() : loss("hinge")()),
    ],
    accept: ["wrong-output-activation"],
  },
  {
    cause: "poor-initialisation",
    on: any,
    levels: [
      init({ normal: 1e-4 }),
      init({ constant: 0.3 }),
      init("ones"),
      init("zeros"),
      init({ normal: 4 }),
      init({ normal: 15 }),
    ],
  },
  {
    cause: "vanishing-gradients",
    on: dense,
    levels: [6, 8, 12].map((depth) => () => ({
      data: stack(depth, 16, { activation: "sigmoid" }),
      fixed: after(stack(Math.min(depth, 6), 16), rateIn(0.003)),
    })),
    accept: ["wrong-hidden-activation", "network-too-large"],
  },
  {
    cause: "network-too-small",
    on: bothOf(dense, ({ base }) => CURVED.includes(base) || ["digits7", "airports"].includes(base)),
    levels: [4, 2, 1].map((units) => () => ({ broken: hidden((layer) => ({ ...layer, units })) })),
  },
  {
    cause: "network-too-large",
    on: dense,
    levels: [16, 28, 45].map((depth) => () => ({ broken: stack(depth, 12) })),
    accept: ["vanishing-gradients", "dying-relu"],
  },
  {
    cause: "misplaced-layer",
    on: dense,
    levels: [
      ({ kind }) => (kind === "regression" ? noisyAnswer(0.3) : frozen(8)),
      ({ kind }) => (kind === "regression" ? noisyAnswer(0.6) : frozen(5)),
      ({ kind }) => (kind === "regression" ? noisyAnswer(0.85) : frozen(3)),
      () => frozen(4),
    ],
  },
  {
    cause: "over-regularised",
    on: any,
    levels: [
      () => ({ broken: after(penalties({ l2: 0.03 })) }),
      () => ({ broken: dropouts(0.8) }),
      () => ({ broken: penalties({ l2: 0.3 }) }),
      () => ({ broken: dropouts(0.95) }),
      () => ({ broken: penalties({ l1: 0.1 }) }),
    ],
  },
];
