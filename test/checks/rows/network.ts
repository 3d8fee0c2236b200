/** Rows of the table: what the plan says of the network. */
import { numbers, planned, profile, start } from "../parts.ts";
import { deep, dense, fewer, pixels, type Row, toNumber } from "../pieces.ts";

export const network: Row[] = [
  [
    "output-activation-mismatch",
    { task: "classification", ...planned({ network: [dense(16), dense(3, "relu")] }) },
    { task: "classification", ...planned() },
  ],
  [
    "loss-mismatch",
    { task: "regression", ...toNumber("linear", "binaryCrossentropy") },
    { task: "regression", ...toNumber("linear") },
  ],
  [
    "softmax-twice",
    { ...planned({ training: { loss: { name: "categoricalCrossentropy", fromLogits: true } } }) },
    {
      ...planned({
        network: [dense(16), dense(3, "linear")],
        training: { loss: { name: "categoricalCrossentropy", fromLogits: true } },
      }),
    },
  ],
  [
    "target-out-of-reach",
    { ...toNumber("sigmoid"), profile: profile({ target: numbers(22, 9) }) },
    { ...toNumber("sigmoid"), profile: profile({ target: numbers(0.5, 0.2, 0, 1) }) },
  ],
  [
    "linear-hidden",
    { ...planned({ network: [dense(16, "linear"), dense(3, "softmax")] }) },
    {
      ...planned({ network: [dense(16, "linear"), { layer: "activation", activation: "relu" }, dense(3, "softmax")] }),
    },
  ],
  ["squashing-hidden", { ...deep(7, "sigmoid") }, { ...deep(1, "sigmoid") }],
  ["deep-network", { ...deep(30) }, { ...deep(3) }],
  ["many-parameters", { start: start({ parameters: 100_000 }) }, { start: start() }],
  ["narrow-hidden", { ...planned({ network: [dense(2), dense(3, "softmax")] }) }, { ...planned() }],
  [
    "symmetric-start",
    { ...planned({ network: [dense(16, "relu", { kernelInit: "zeros" }), dense(3, "softmax")] }) },
    { ...planned() },
  ],
  [
    "start-width",
    {
      start: start(),
      ...planned({ network: [dense(16, "relu", { kernelInit: { normal: 10 } }), dense(3, "softmax")] }),
    },
    {
      start: start(),
      ...planned({ network: [dense(16, "relu", { kernelInit: { normal: 0.3 } }), dense(3, "softmax")] }),
    },
  ],
  [
    "dropout-on-output",
    { ...planned({ network: [dense(16), dense(3, "softmax"), { layer: "dropout", rate: 0.5 }] }) },
    { ...planned({ network: [dense(16), { layer: "dropout", rate: 0.5 }, dense(3, "softmax")] }) },
  ],
  [
    "normalised-output",
    { task: "regression", ...planned({ network: [dense(16), dense(1, "linear"), { layer: "batchNormalization" }] }) },
    { task: "classification", ...planned() },
  ],
  [
    "pooled-to-nothing",
    {
      profile: pixels(1, 0.1, 0.3),
      ...planned({ network: [{ layer: "maxPooling2d", poolSize: 14 }, { layer: "flatten" }, dense(3, "softmax")] }),
      start: start({
        layers: [
          { name: "p", kind: "maxPooling2d", shape: [2, 2, 1], parameters: 0 },
          { name: "f", kind: "flatten", shape: [4], parameters: 0 },
          { name: "d", kind: "dense", shape: [3], parameters: 15 },
        ],
      }),
    },
    { profile: profile(), ...planned(), start: start() },
  ],
  [
    "frozen-layer",
    { ...planned({ network: [dense(16, "relu", { trainable: false }), dense(3, "softmax")] }) },
    { ...planned() },
  ],
  [
    "heavy-dropout",
    { ...planned({ network: [dense(16), ...fewer, dense(3, "softmax")] }) },
    { ...planned({ network: [dense(16), { layer: "dropout", rate: 0.5 }, dense(3, "softmax")] }) },
  ],
  [
    "strong-penalty",
    { ...planned({ network: [dense(16, "relu", { l1: 0.01 }), dense(3, "softmax")] }) },
    { ...planned({ network: [dense(16, "relu", { l2: 1e-5 }), dense(3, "softmax")] }) },
  ],
  [
    "few-images",
    { ...planned(), profile: profile({ images: true, shape: [28, 28, 1] }) },
    { ...planned({ data: { augment: [{ name: "shift" }] } }), profile: profile({ images: true, shape: [28, 28, 1] }) },
  ],
  [
    "much-augmentation",
    { ...planned({ data: { augment: [{ name: "noise" }, { name: "mixup" }] } }) },
    { ...planned() },
  ],
  ["no-restraint", { ...planned() }, { ...planned({ training: { earlyStopping: { patience: 3 } } }) }],
];
