/** Every kind of change is told as code of each framework, with the user's own values. */

import { Script } from "node:vm";
import { describe, expect, test } from "vitest";
import { type Snippets, snippets } from "../../src/code/snippets/index.ts";
import { difference } from "../../src/plan/edit.ts";
import { ACTIVATIONS, INITIALISERS, LAYERS, LOSSES, OPTIMIZERS } from "../../src/plan/names.ts";
import { parsePlan } from "../../src/plan/plan.ts";
import { base, withData, withLayers, withTraining } from "../plan/plans.ts";

const given = { ...base, training: { loss: "categoricalCrossentropy", optimizer: { name: "sgd", learningRate: 0.5 } } };
const plan = parsePlan(given);
const training = (edit: object) => ({ ...given, training: { ...given.training, ...edit } });
const data = (edit: object) => ({ ...given, data: { ...given.data, ...edit } });
const layers = (...network: unknown[]) => ({ ...given, network });
const images = { source: { images: "i.gz", labels: "l.gz" } };

function told(edited: unknown): Snippets {
  const to = parsePlan(edited);
  return snippets(difference(plan, to), to);
}

/** Brackets close in the order that they open, outside of text and comments. */
function balanced(python: string): boolean {
  const open: string[] = [];
  for (const [mark] of python.replace(/"[^"]*"|#.*/g, "").matchAll(/[()[\]{}]/g))
    if ("([{".includes(mark)) open.push(mark);
    else if ("([{".indexOf(open.pop() ?? " ") !== ")]}".indexOf(mark)) return false;
  return open.length === 0;
}

function sound({ keras, pytorch, tfjs }: Snippets): void {
  for (const text of [keras, pytorch]) {
    expect(balanced(text)).toBe(true);
    expect(text.replace(/^#.*$/gm, "")).not.toMatch(/undefined|\[object|null|true|false/);
  }
  expect(() => new Script(`async () => {\n${tfjs}\n}`)).not.toThrow();
  expect(tfjs).not.toContain("[object");
}

// [edit, what Keras', PyTorch's and TensorFlow.js' code must have]
test.each<[object, string, string, string]>([
  [data({ scale: "standard" }), "StandardScaler", "StandardScaler", "tf.moments(xTrain, 0)"],
  [data({ scale: "minmax" }), "MinMaxScaler", "MinMaxScaler", "xTrain.min(0)"],
  [data({ scale: { divideBy: 255 } }), "x_train / 255", "x_train / 255", "xTrain.div(255)"],
  [data({ ...images, scale: "standard" }), "x_train.mean()", "x_train.mean()", "tf.moments(xTrain)"],
  [data({ scaleTarget: "standard" }), "inverse_transform", "inverse_transform", "yTrain"],
  [data({ missing: "mean" }), 'strategy="mean"', 'strategy="mean"', "isNaN"],
  [data({ missing: "median" }), 'strategy="median"', 'strategy="median"', "sort"],
  [data({ missing: "drop" }), "np.isnan", "np.isnan", "Number.isNaN"],
  [data({ validation: { fraction: 0.3, split: "stratified" } }), "test_size=0.3, stratify=y", "stratify=y", "0.7"],
  [data({ validation: { split: "tail" } }), "shuffle=False", "shuffle=False", "rows.slice(cut)"],
  [data({ validation: { split: { group: "g" } } }), 'df["g"]', 'df["g"]', '"g"'],
  [data({ validation: { split: { time: "t" } } }), 'df["t"]', 'df["t"]', '"t"'],
  [data({ test: {} }), "x_test", "x_test", "test"],
  [data({ labels: { "1": 0, "2": 1 } }), "{1: 0, 2: 1}", "{1: 0, 2: 1}", '{"1":0,"2":1}'],
  [data({ classWeights: "balanced" }), "class_weight=class_weight", "weight=class_weight", "classWeight,"],
  [data({ drop: "duplicates" }), "drop_duplicates", "drop_duplicates", "new Map"],
  [data({ drop: [3, 7] }), "[3, 7]", "[3, 7]", "[3, 7]"],
  [data({ relabel: { "17": "b" } }), '{17: "b"}', '{17: "b"}', '{"17":"b"}'],
  [data({ resample: "over" }), "counts.max()", "counts.max()", "Math.max"],
  [data({ features: ["a", "b"] }), 'df[["a", "b"]]', 'df[["a", "b"]]', '["a", "b"]'],
  [data({ window: { steps: 20, ahead: 1 } }), "x[i : i + 20]", "x[i : i + 20]", "i + 20"],
  [data({ augment: ["flip"] }), "RandomFlip", "RandomHorizontalFlip", "flipLeftRight"],
  [data({ augment: ["mixup"] }), "MixUp(alpha=0.2)", "MixUp(alpha=0.2", "// mixup"],
  [data({ augment: [{ name: "cutout", amount: 0.3 }] }), "scale=(0.09, 0.09)", "0.0900", "// cutout"],
  [data({ augment: ["stretch"] }), "RandomZoom(0.1, (0.0, 0.0))", "# stretch", "// stretch"],
  [training({ loss: "mse" }), "MeanSquaredError()", "nn.MSELoss()", '"meanSquaredError"'],
  [
    training({ loss: { name: "bce", fromLogits: true } }),
    "BinaryCrossentropy(from_logits=True)",
    "BCEWithLogitsLoss",
    "sigmoidCrossEntropy",
  ],
  [training({ loss: { name: "mse", reduction: "sum" } }), 'reduction="sum"', 'reduction="sum"', ".sum()"],
  [
    training({ optimizer: "adam" }),
    "Adam(learning_rate=0.001)",
    "torch.optim.Adam(model.parameters(), lr=0.001)",
    "tf.train.adam(0.001)",
  ],
  [training({ optimizer: { name: "sgd", learningRate: 0.02 } }), "learning_rate=0.02", "lr=0.02", "sgd(0.02)"],
  [
    training({ optimizer: { name: "sgd", momentum: 0.9 } }),
    "momentum=0.9",
    "momentum=0.9",
    "tf.train.momentum(0.01, 0.9)",
  ],
  [training({ optimizer: { name: "adam", epsilon: 0.1 } }), "epsilon=0.1", "eps=0.1", "0.999, 0.1)"],
  [training({ batchSize: 7 }), "batch_size=7", "batch_size=7", "batchSize: 7"],
  [training({ epochs: 90 }), "epochs=90", "range(90)", "epochs: 90"],
  [training({ shuffle: false }), "shuffle=False", "shuffle=False", "shuffle: false"],
  [
    training({ schedule: { name: "exponential", factor: 0.9 } }),
    "0.5 * 0.9 ** epoch",
    "ExponentialLR(optimizer, gamma=0.9)",
    "0.5 * 0.9 ** epoch",
  ],
  [training({ schedule: "cosine" }), "math.cos", "CosineAnnealingLR", "Math.cos"],
  [training({ schedule: "oneCycle" }), "LearningRateScheduler", "OneCycleLR", "setLearningRate"],
  [training({ schedule: { name: "reduceOnPlateau" } }), "ReduceLROnPlateau", "ReduceLROnPlateau", "waited"],
  [training({ clipNorm: 2 }), "global_clipnorm=2", "max_norm=2", "tf.div(2, norm)"],
  [training({ earlyStopping: { patience: 4 } }), "EarlyStopping(patience=4)", "waited >= 4", "patience: 4"],
  [training({ averageWeights: 0.99 }), "ema_momentum=0.99", "get_ema_multi_avg_fn(0.99)", "mul(0.99)"],
  [{ ...given, metric: "balancedAccuracy" }, "balanced_accuracy_score", "balanced_accuracy_score", "compile"],
  [{ ...given, metric: "r2" }, "R2Score", "r2_score", "compile"],
])("%j", (edited, ...words) => {
  const code = told(edited);
  sound(code);
  for (const [i, text] of [code.keras, code.pytorch, code.tfjs].entries()) expect(text).toContain(words[i]);
});

const [first, dropout, last] = base.network;
test.each<[object, string, string, string]>([
  [
    layers({ ...first, activation: "relu" }, dropout, last),
    'Dense(8, activation="relu"),  # changed',
    "nn.LazyLinear(8), nn.ReLU(),  # changed",
    '"relu" }),  // changed',
  ],
  [layers({ ...first, units: 64 }, dropout, last), "Dense(64", "LazyLinear(64)", "units: 64"],
  [layers(first, { ...dropout, rate: 0.1 }, last), "Dropout(0.1)", "Dropout(0.1)", "rate: 0.1"],
  [
    layers({ ...first, kernelInit: "heNormal" }, dropout, last),
    '"he_normal"',
    "kaiming_normal_(model[0].weight",
    '"heNormal"',
  ],
  [
    layers({ ...first, biasInit: { constant: 0.1 } }, dropout, last),
    "Constant(0.1)",
    "constant_(model[0].bias, 0.1)",
    "value: 0.1",
  ],
  [
    layers(first, dropout, { ...last, kernelInit: { normal: 0.1 } }),
    "RandomNormal(stddev=0.1)",
    "normal_(model[3].weight, std=0.1)",
    "stddev: 0.1",
  ],
  [layers({ ...first, l2: 0.01 }, dropout, last), "L2(0.01)", "0.01 * model[0].weight.square()", "l2: 0.01"],
  [layers({ ...first, l1: 0.01, l2: 0.1 }, dropout, last), "L1L2(l1=0.01, l2=0.1)", "abs()", "l1l2("],
  [layers({ ...first, useBias: false }, dropout, last), "use_bias=False", "bias=False", "useBias: false"],
  [
    layers({ ...first, trainable: false }, dropout, last),
    "trainable=False",
    "requires_grad_(False)",
    "trainable: false",
  ],
  [
    layers(first, { layer: "batchNormalization" }, dropout, last),
    "BatchNormalization(),  # new",
    "LazyBatchNorm1d",
    "batchNormalization({}),  // new",
  ],
  [layers(first, last), "dropout removed", "dropout removed", "dropout removed"],
])("network %j", (edited, ...words) => {
  const code = told(edited);
  sound(code);
  for (const [i, text] of [code.keras, code.pytorch, code.tfjs].entries()) expect(text).toContain(words[i]);
});

test("PyTorch's cross-entropy has the softmax inside", () => {
  expect(told(layers({ ...first, units: 2 }, dropout, last)).pytorch).not.toContain("Softmax");
  const twice = training({ loss: { name: "categoricalCrossentropy", fromLogits: true } });
  expect(told({ ...twice, network: [{ ...first, units: 2 }, last] }).pytorch).toContain("Softmax");
});

test("a pool says its stride where that is not its size", () => {
  const pool = { layer: "maxPooling1d", poolSize: 3, strides: 2 };
  const { keras, tfjs } = told(layers({ ...first, units: 9 }, pool, last));
  expect(keras).toContain("strides=2");
  expect(tfjs).toContain("strides: 2");
});

test("changes of one call are told once", () => {
  const { keras } = told(training({ optimizer: "adam", loss: "mse" }));
  expect(keras.match(/model\.compile/g)).toHaveLength(1);
});

describe("every name has code", () => {
  const required: Record<string, object> = {
    conv1d: { filters: 2, kernelSize: 3 },
    conv2d: { filters: 2, kernelSize: [3, 5] },
    depthwiseConv2d: { kernelSize: 3 },
    reshape: { targetShape: [2, 2] },
    dropout: { rate: 0.1 },
    gaussianNoise: { std: 0.1 },
    activation: { activation: "relu" },
    embedding: { inputDim: 3, outputDim: 2 },
    bidirectional: { of: { layer: "lstm", units: 2 } },
    timeDistributed: { of: { layer: "dense", units: 2 } },
    repeatVector: { n: 2 },
    multiHeadAttention: { heads: 2, keyDim: 2 },
    add: { from: ["input", "input"] },
    concatenate: { from: ["input", "input"] },
  };
  const units = (layer: string) => (/^(dense|simpleRNN|lstm|gru)$/.test(layer) ? { units: 2 } : {});
  test.each(LAYERS)("layer %s", (layer) =>
    sound(told(withLayers(first, { layer, ...units(layer), ...required[layer] }))),
  );
  test.each(ACTIVATIONS)("activation %s", (activation) => sound(told(layers({ ...first, activation }, dropout, last))));
  test.each(INITIALISERS)("initialiser %s", (kernelInit) =>
    sound(told(layers({ ...first, kernelInit }, dropout, last))),
  );
  test.each(LOSSES)("loss %s", (name) => {
    sound(told(training({ loss: name })));
    sound(told(training({ loss: { name, reduction: "sum" } })));
  });
  test.each(OPTIMIZERS)("optimizer %s", (optimizer) => sound(told(withTraining({ optimizer }))));
  test("a model of a file", () => sound(told({ ...given, network: "model.json" })));
  test("no validation part", () =>
    sound(told({ ...withData({ validation: null, scale: "standard" }), training: { epochs: 2 } })));
});
