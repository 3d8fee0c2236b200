/** The names of Keras and TensorFlow.js are understood, and silence stays silent. */

import { expect, test } from "vitest";
import { normalise, parsePlan } from "../../src/plan/plan.ts";
import { base, withData, withLayers, withTraining } from "./plans.ts";

test("what is not said is not filled in", () => {
  expect(normalise(base)).toEqual(base);
});

test.each<[object, object]>([
  [{ loss: "mse" }, { loss: "meanSquaredError" }],
  [{ loss: "categorical_crossentropy" }, { loss: "categoricalCrossentropy" }],
  [{ loss: { name: "bce", from_logits: true } }, { loss: { name: "binaryCrossentropy", fromLogits: true } }],
  [
    { loss: { name: "mae", reduction: "sum_over_batch_size" } },
    { loss: { name: "meanAbsoluteError", reduction: "mean" } },
  ],
  [{ optimizer: "SGD" }, { optimizer: "sgd" }],
  [{ optimizer: { name: "Adam", lr: 0.1 } }, { optimizer: { name: "adam", learningRate: 0.1 } }],
  [{ optimizer: { name: "RMSprop", learning_rate: 0.1 } }, { optimizer: { name: "rmsprop", learningRate: 0.1 } }],
  [
    { optimizer: { name: "adam", beta_1: 0.8, weight_decay: 0.1 } },
    { optimizer: { name: "adam", beta1: 0.8, weightDecay: 0.1 } },
  ],
  [
    { batch_size: 4, nb_epoch: 3 },
    { batchSize: 4, epochs: 3 },
  ],
  [
    { early_stopping: { patience: 3, min_delta: 0.1, restore_best_weights: true, start_from_epoch: 5 } },
    { earlyStopping: { patience: 3, minDelta: 0.1, restoreBest: true, after: 5 } },
  ],
  [{ clipnorm: 1 }, { clipNorm: 1 }],
  [{ schedule: { name: "reduce_on_plateau", factor: 0.5 } }, { schedule: { name: "reduceOnPlateau", factor: 0.5 } }],
  [{ schedule: "OneCycle" }, { schedule: { name: "oneCycle" } }],
])("training %j", (given, expected) => {
  expect(normalise(withTraining(given))).toEqual(withTraining(expected));
  parsePlan(withTraining(given));
});

test.each<[object, object]>([
  [
    { layer: "Dense", units: 2, activation: "ReLU", kernel_initializer: "glorot_uniform", use_bias: false },
    { layer: "dense", units: 2, activation: "relu", kernelInit: "glorotUniform", useBias: false },
  ],
  [
    { layer: "Conv2D", filters: 2, kernel_size: [3, 3], dilation_rate: 2, padding: "SAME", activation: "leaky_relu" },
    { layer: "conv2d", filters: 2, kernelSize: [3, 3], dilation: 2, padding: "same", activation: "leakyRelu" },
  ],
  [
    { layer: "MaxPooling2D", pool_size: 2 },
    { layer: "maxPooling2d", poolSize: 2 },
  ],
  [{ layer: "max_pooling2d" }, { layer: "maxPooling2d" }],
  [{ layer: "GlobalAveragePooling1D" }, { layer: "globalAveragePooling1d" }],
  [{ layer: "BatchNormalization" }, { layer: "batchNormalization" }],
  [
    { layer: "GaussianNoise", stddev: 1 },
    { layer: "gaussianNoise", std: 1 },
  ],
  [
    { layer: "LSTM", units: 2, return_sequences: true },
    { layer: "lstm", units: 2, returnSequences: true },
  ],
  [
    { layer: "MultiHeadAttention", num_heads: 2, key_dim: 4 },
    { layer: "multiHeadAttention", heads: 2, keyDim: 4 },
  ],
  [
    { layer: "Bidirectional", of: { layer: "SimpleRNN", units: 2 }, merge_mode: "sum" },
    { layer: "bidirectional", of: { layer: "simpleRNN", units: 2 }, mergeMode: "sum" },
  ],
  [{ layer: "LeakyReLU" }, { layer: "activation", activation: "leakyRelu" }],
  [
    { layer: "dense", units: 1, activation: "none" },
    { layer: "dense", units: 1, activation: "linear" },
  ],
  [
    { layer: "dense", units: 1, kernelInit: "he_normal" },
    { layer: "dense", units: 1, kernelInit: "heNormal" },
  ],
  [
    { layer: "dense", units: 1, kernelInit: "random_normal" },
    { layer: "dense", units: 1, kernelInit: { normal: 0.05 } },
  ],
  [
    { layer: "dense", units: 1, bias_init: { truncated_normal: 1 } },
    { layer: "dense", units: 1, biasInit: { truncatedNormal: 1 } },
  ],
])("layer %j", (given, expected) => {
  expect(normalise(withLayers(given))).toEqual(withLayers(expected));
  parsePlan(withLayers(given));
});

test.each<[object, object]>([
  [
    { class_weight: "balanced", scale: "min_max" },
    { classWeights: "balanced", scale: "minmax" },
  ],
  [{ scale: { divide_by: 255 } }, { scale: { divideBy: 255 } }],
  [{ scale_target: "standard" }, { scaleTarget: "standard" }],
  [{ validation_split: 0.3 }, { validation: { fraction: 0.3, split: "tail" } }],
  [{ augment: ["Flip"] }, { augment: [{ name: "flip" }] }],
  // Words of the user's own: columns, values, paths.
  [
    { target: "Acc", features: ["MSE", "lr"], labels: { Adam: 0, lr: 1 } },
    { target: "Acc", features: ["MSE", "lr"], labels: { Adam: 0, lr: 1 } },
  ],
  [{ validation: { split: { group: "Random" } } }, { validation: { split: { group: "Random" } } }],
])("data %j", (given, expected) => {
  expect(normalise(withData(given))).toEqual(withData(expected));
  parsePlan(withData(given));
});

test.each<[object, unknown]>([
  [{ metric: "acc" }, { name: "accuracy", k: 5 }],
  [{ metrics: ["accuracy"] }, { name: "accuracy", k: 5 }],
  [{ metric: "mean_squared_error" }, { name: "mse", k: 5 }],
  [{ metric: "mse" }, { name: "mse", k: 5 }],
  [{ metric: { name: "top_k_accuracy", k: 3 } }, { name: "topKAccuracy", k: 3 }],
])("%j", (given, expected) => {
  expect(parsePlan({ ...base, ...given }).metric).toEqual(expected);
});

test("Keras takes the last rows for validation", () => {
  const plan = parsePlan(withTraining({ validation_split: 0.1, epochs: 2 }));
  expect(plan.data.validation).toEqual({ fraction: 0.1, split: "tail" });
});
