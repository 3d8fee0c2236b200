/** Rows of the table: what the plan says of the network. */
import { numbers, plan, profile, start } from "../parts.ts";
import { deep, dense, fewer, pixels, type Row, toNumber } from "../pieces.ts";

export const network: Row[] = [
  [
    "output-activation-mismatch",
    { task: "classification", plan: plan({ network: [dense(16), dense(3, "relu")] }) },
    { task: "classification", plan: plan() },
  ],
  [
    "loss-mismatch",
    { task: "regression", plan: toNumber("linear", "binaryCrossentropy") },
    { task: "regression", plan: toNumber("linear") },
  ],
  [
    "softmax-twice",
    { plan: plan({ training: { loss: { name: "categoricalCrossentropy", fromLogits: true } } }) },
    {
      plan: plan({
        network: [dense(16), dense(3, "linear")],
        training: { loss: { name: "categoricalCrossentropy", fromLogits: true } },
      }),
    },
  ],
  [
    "target-out-of-reach",
    { plan: toNumber("sigmoid"), profile: profile({ target: numbers(22, 9) }) },
    { plan: toNumber("sigmoid"), profile: profile({ target: numbers(0.5, 0.2, 0, 1) }) },
  ],
  [
    "linear-hidden",
    { plan: plan({ network: [dense(16, "linear"), dense(3, "softmax")] }) },
    {
      plan: plan({ network: [dense(16, "linear"), { layer: "activation", activation: "relu" }, dense(3, "softmax")] }),
    },
  ],
  ["squashing-hidden", { plan: deep(7, "sigmoid") }, { plan: deep(1, "sigmoid") }],
  ["deep-network", { plan: deep(30) }, { plan: deep(3) }],
  ["many-parameters", { start: start({ parameters: 100_000 }) }, { start: start() }],
  ["narrow-hidden", { plan: plan({ network: [dense(2), dense(3, "softmax")] }) }, { plan: plan() }],
  [
    "symmetric-start",
    { plan: plan({ network: [dense(16, "relu", { kernelInit: "zeros" }), dense(3, "softmax")] }) },
    { plan: plan() },
  ],
  [
    "start-width",
    {
      start: start(),
      plan: plan({ network: [dense(16, "relu", { kernelInit: { normal: 10 } }), dense(3, "softmax")] }),
    },
    {
      start: start(),
      plan: plan({ network: [dense(16, "relu", { kernelInit: { normal: 0.3 } }), dense(3, "softmax")] }),
    },
  ],
  [
    "dropout-on-output",
    { plan: plan({ network: [dense(16), dense(3, "softmax"), { layer: "dropout", rate: 0.5 }] }) },
    { plan: plan({ network: [dense(16), { layer: "dropout", rate: 0.5 }, dense(3, "softmax")] }) },
  ],
  [
    "normalised-output",
    { task: "regression", plan: plan({ network: [dense(16), dense(1, "linear"), { layer: "batchNormalization" }] }) },
    { task: "classification", plan: plan() },
  ],
  [
    "pooled-to-nothing",
    {
      profile: pixels(1, 0.1, 0.3),
      plan: plan({ network: [{ layer: "maxPooling2d", poolSize: 14 }, { layer: "flatten" }, dense(3, "softmax")] }),
      start: start({
        layers: [
          { name: "p", kind: "maxPooling2d", shape: [2, 2, 1], parameters: 0 },
          { name: "f", kind: "flatten", shape: [4], parameters: 0 },
          { name: "d", kind: "dense", shape: [3], parameters: 15 },
        ],
      }),
    },
    { profile: profile(), plan: plan(), start: start() },
  ],
  [
    "frozen-layer",
    { plan: plan({ network: [dense(16, "relu", { trainable: false }), dense(3, "softmax")] }) },
    { plan: plan() },
  ],
  [
    "heavy-dropout",
    { plan: plan({ network: [dense(16), ...fewer, dense(3, "softmax")] }) },
    { plan: plan({ network: [dense(16), { layer: "dropout", rate: 0.5 }, dense(3, "softmax")] }) },
  ],
  [
    "strong-penalty",
    { plan: plan({ network: [dense(16, "relu", { l1: 0.01 }), dense(3, "softmax")] }) },
    { plan: plan({ network: [dense(16, "relu", { l2: 1e-5 }), dense(3, "softmax")] }) },
  ],
  [
    "few-images",
    { plan: plan(), profile: profile({ images: true, shape: [28, 28, 1] }) },
    { plan: plan({ data: { augment: [{ name: "shift" }] } }), profile: profile({ images: true, shape: [28, 28, 1] }) },
  ],
  [
    "much-augmentation",
    { plan: plan({ data: { augment: [{ name: "noise" }, { name: "mixup" }] } }) },
    { plan: plan() },
  ],
  ["no-restraint", { plan: plan() }, { plan: plan({ training: { earlyStopping: { patience: 3 } } }) }],
];
