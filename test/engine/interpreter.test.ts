/** Whole trainings: the compiled runtime against the plain interpreter of the same graph. */
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/data/dataset.ts";
import { ACTIVATIONS } from "../../src/engine/activations.ts";
import { graphEngine } from "../../src/engine/graph-engine.ts";
import { interpreter } from "../../src/engine/interpreter.ts";
import { LOSSES } from "../../src/engine/losses.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { OPTIMIZERS } from "../../src/engine/optimizers.ts";
import type { Activation, PlanInput } from "../../src/plan/plan.ts";
import {
  apart,
  checkpoints,
  classes,
  dense,
  epochs,
  losses,
  numbers,
  plan,
  type Sketch,
  statesApart,
  told,
} from "./small.ts";

type Training = NonNullable<PlanInput["training"]>;
type Case = { name: string; rows: Dataset } & Sketch;

// 20 of 25 rows are trained on, in batches of 8, 8 and 4.
const ROWS = 25;
const three = classes(ROWS, [4], 3);
const two = classes(ROWS, [4], 2);
const labels = numbers(ROWS, 4, 3, { binary: true, task: "multilabel" });
const values = numbers(ROWS, 4, 2);
const positive = numbers(ROWS, 4, 2, { shift: 3 });
const hidden: Sketch["network"] = [dense(6, "tanh"), { layer: "dropout", rate: 0.4 }];
const onto = (units: number, activation: Activation = "linear") =>
  [...hidden, dense(units, activation)] as Sketch["network"];

const optimizers: Case[] = (
  [
    { name: "sgd" },
    { name: "sgd", momentum: 0.9 },
    { name: "sgd", momentum: 0.9, nesterov: true },
    { name: "sgd", decay: 0.1 },
    { name: "sgd", weightDecay: 0.1 },
    { name: "adam" },
    { name: "adam", beta1: 0.5, beta2: 0.9, epsilon: 1e-3 },
    { name: "adamw", weightDecay: 0.1 },
    { name: "rmsprop" },
    { name: "rmsprop", rho: 0.5, momentum: 0.9, epsilon: 1e-3 },
    { name: "adagrad" },
    { name: "adadelta", learningRate: 1 },
    { name: "adamax" },
    { name: "nadam" },
  ] as const
).map((optimizer) => ({
  name: `optimizer ${JSON.stringify(optimizer)}`,
  rows: three,
  network: onto(3, "softmax"),
  training: { optimizer: { learningRate: 0.02, ...optimizer } },
}));

const loss = (loss: Training["loss"], data: Dataset, units: number, activation: Activation = "linear"): Case => ({
  name: `loss ${JSON.stringify(loss)} of ${activation}`,
  rows: data,
  network: onto(units, activation),
  training: { loss },
});
const lossCases: Case[] = [
  loss("categoricalCrossentropy", three, 3, "softmax"),
  loss("categoricalCrossentropy", three, 3, "sigmoid"),
  loss("categoricalCrossentropy", three, 3, "relu"),
  loss({ name: "categoricalCrossentropy", labelSmoothing: 0.2 }, three, 3, "softmax"),
  loss({ name: "categoricalCrossentropy", labelSmoothing: 0.2 }, three, 3, "sigmoid"),
  loss({ name: "categoricalCrossentropy", fromLogits: true }, three, 3),
  loss("sparseCategoricalCrossentropy", three, 3, "softmax"),
  loss("sparseCategoricalCrossentropy", three, 3, "sigmoid"),
  loss({ name: "sparseCategoricalCrossentropy", fromLogits: true }, three, 3),
  loss({ name: "sparseCategoricalCrossentropy", reduction: "sum" }, three, 3, "softmax"),
  loss("binaryCrossentropy", two, 1, "sigmoid"),
  loss("binaryCrossentropy", two, 1, "tanh"),
  loss("binaryCrossentropy", labels, 3, "sigmoid"),
  loss({ name: "binaryCrossentropy", labelSmoothing: 0.1, fromLogits: true }, labels, 3),
  loss("meanSquaredError", values, 2),
  loss({ name: "meanSquaredError", reduction: "sum" }, values, 2),
  loss("meanAbsoluteError", values, 2),
  loss("huber", values, 2),
  loss("hinge", two, 1, "tanh"),
  loss("hinge", values, 2),
  loss("kullbackLeiblerDivergence", three, 3, "softmax"),
  loss("poisson", positive, 2, "softplus"),
  loss("cosineSimilarity", values, 2),
];

const activations: Case[] = (Object.keys(ACTIVATIONS) as Activation[]).map((activation) => ({
  name: `activation ${activation}`,
  rows: three,
  network: [
    dense(6, activation),
    { layer: "dropout", rate: 0.2 },
    dense(3),
    { layer: "activation", activation: "softmax" },
  ],
}));

const more: Case[] = [
  { name: "class weights", rows: three, network: onto(3, "softmax"), data: { classWeights: "balanced" } },
  { name: "clipNorm that bites", rows: values, network: onto(2), training: { clipNorm: 0.05 } },
  { name: "clipNorm that does not", rows: values, network: onto(2), training: { clipNorm: 1000 } },
  {
    name: "L1 and L2",
    rows: values,
    network: [
      { ...dense(6, "relu"), l1: 0.01 },
      { ...dense(2), l2: 0.05 },
    ],
  },
  {
    name: "a layer that is not trained",
    rows: values,
    network: [{ ...dense(6, "relu"), trainable: false }, dense(2)],
  },
  {
    name: "no bias, in order of the file",
    rows: values,
    network: [{ ...dense(2), useBias: false }],
    training: { shuffle: false },
  },
  {
    name: "scaled inputs and targets",
    rows: values,
    network: onto(2),
    data: { scale: "standard", scaleTarget: "minmax" },
  },
  {
    name: "images",
    rows: classes(ROWS, [8, 8, 2], 3),
    network: [
      { layer: "conv2d", filters: 3, kernelSize: 3, activation: "relu" },
      { layer: "maxPooling2d", poolSize: 2 },
      { layer: "dropout", rate: 0.25 },
      { layer: "conv2d", filters: 4, kernelSize: 2, padding: "same", activation: "tanh" },
      { layer: "maxPooling2d", poolSize: 2, strides: 1 },
      { layer: "flatten" },
      dense(3, "softmax"),
    ],
  },
  {
    name: "images, strides and a reshape",
    rows: classes(ROWS, [6, 7, 1], 3),
    network: [
      { layer: "conv2d", filters: 4, kernelSize: [3, 2], strides: 2, padding: "same", activation: "relu", l2: 0.01 },
      { layer: "reshape", targetShape: [2, -1] },
      dense(3, "relu"),
      { layer: "flatten" },
      dense(3, "softmax"),
    ],
  },
];

const normalised: Case[] = [
  {
    name: "batch normalisation, a way around, averaged weights",
    rows: three,
    network: [
      { ...dense(6, "tanh"), name: "a" },
      { layer: "batchNormalization", momentum: 0.8 },
      { layer: "gaussianNoise", std: 0.2, name: "b" },
      { layer: "add", from: ["a", "b"] },
      dense(3, "softmax"),
    ],
    training: { averageWeights: 0.9 },
  },
  {
    name: "images, normalised",
    rows: classes(ROWS, [6, 7, 2], 3),
    network: [
      { layer: "conv2d", filters: 3, kernelSize: 3, useBias: false, name: "a" },
      { layer: "batchNormalization", momentum: 0.8 },
      { layer: "activation", activation: "relu" },
      { layer: "depthwiseConv2d", kernelSize: 3, padding: "same", name: "b" },
      { layer: "concatenate", from: ["a", "b"] },
      { layer: "averagePooling2d" },
      { layer: "flatten" },
      dense(3, "softmax"),
    ],
  },
];

const cases = [...normalised, ...optimizers, ...lossCases, ...activations, ...more];

describe("the runtime trains as the interpreter does, losses within 1e-6", () => {
  it.each(cases)("$name", async ({ rows, network, training, data }) => {
    const the = plan({
      network,
      training: { optimizer: { name: "adam", learningRate: 0.02 }, batchSize: 8, epochs: 4, ...training },
      data,
    });
    const options = { checkpoints: 4 };
    const fast = await told(graphEngine(onnxRuntime(1)), the, rows, options);
    const plain = await told(graphEngine(interpreter), the, rows, options);
    expect(losses(fast).length).toBe(12);
    expect(apart(losses(fast), losses(plain))).toBeLessThan(1e-6);
    // Adam divides by the size of the gradient, so that a tiny gradient's rounding shows in a weight.
    expect(statesApart(checkpoints(fast)[0].state, checkpoints(plain)[0].state)).toBeLessThan(5e-5);
    const judged = [fast, plain].map((events) => epochs(events).map(({ validation }) => validation!.loss));
    expect(apart(judged[0], judged[1])).toBeLessThan(1e-5);
  });

  it("leaves nothing of the engine untried", () => {
    const names = JSON.stringify(cases);
    const all = [...Object.keys(OPTIMIZERS), ...Object.keys(LOSSES), ...Object.keys(ACTIVATIONS)];
    expect(all.filter((name) => !names.includes(`"${name}"`))).toEqual([]);
  });
});
