/** Silence means Keras; a complete plan is a plan; the page that describes plans and all shared cases are understood. */

import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readText } from "../../src/plan/load-text.ts";
import { ACTIVATIONS, AUGMENTATIONS, INITIALISERS, LAYERS, LOSSES, METRICS, OPTIMIZERS } from "../../src/plan/names.ts";
import { loadPlan } from "../../src/plan/node/load.ts";
import { type Layer, parsePlan, planJsonSchema } from "../../src/plan/plan.ts";
import { namesOf, optionsAt } from "../../src/plan/vocabulary.ts";
import { base, withData, withLayers, withTraining } from "./plans.ts";

const shared = new URL("../../../shared/", import.meta.url).pathname;
const layer = (given: object) => (parsePlan(withLayers(given)).network as Layer[])[0];

describe("silence", () => {
  test("a plan of three fields", () => {
    const plan = parsePlan(base);
    expect(plan.data).toEqual({
      source: "a.csv",
      target: "y",
      validation: { fraction: 0.2, split: "random" },
      test: null,
      missing: "none",
      labels: null,
      drop: null,
      relabel: null,
      resample: "none",
      scale: "none",
      scaleTarget: "none",
      classWeights: "none",
      window: null,
      augment: [],
    });
    expect(plan.training).toMatchObject({
      batchSize: 32,
      epochs: 1,
      shuffle: true,
      schedule: null,
      earlyStopping: null,
    });
    expect(plan.training).toMatchObject({ clipNorm: null, averageWeights: null, optimizer: { name: "rmsprop" } });
    expect([plan.training.loss, plan.metric, plan.data.task]).toEqual([undefined, undefined, undefined]);
  });

  test.each([
    ["sgd", { learningRate: 0.01, momentum: 0, nesterov: false }],
    ["adam", { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 }],
    ["adamw", { learningRate: 0.001, weightDecay: 0.004 }],
    ["rmsprop", { learningRate: 0.001, rho: 0.9 }],
    ["adadelta", { learningRate: 0.001, rho: 0.95 }],
  ])("optimizer %s", (name, expected) => {
    expect(parsePlan(withTraining({ optimizer: name })).training.optimizer).toMatchObject({ name, ...expected });
    expect(parsePlan(withTraining({ optimizer: { name } })).training.optimizer).toMatchObject(expected);
  });

  test.each([
    [
      { layer: "dense", units: 1 },
      {
        activation: "linear",
        kernelInit: "glorotUniform",
        biasInit: "zeros",
        useBias: true,
        l1: 0,
        l2: 0,
        trainable: true,
      },
    ],
    [{ layer: "dense", units: 1, activation: null }, { activation: "linear" }],
    [
      { layer: "conv2d", filters: 1, kernelSize: 3 },
      { kernelSize: [3, 3], strides: [1, 1], dilation: [1, 1], padding: "valid" },
    ],
    [
      { layer: "conv1d", filters: 1, kernelSize: [3] },
      { kernelSize: 3, strides: 1, dilation: 1 },
    ],
    [{ layer: "maxPooling2d" }, { poolSize: [2, 2], strides: [2, 2] }],
    [
      { layer: "averagePooling2d", poolSize: [3, 2] },
      { poolSize: [3, 2], strides: [3, 2] },
    ],
    [
      { layer: "maxPooling1d", poolSize: 4 },
      { poolSize: 4, strides: 4 },
    ],
    [{ layer: "batchNormalization" }, { momentum: 0.99, epsilon: 0.001 }],
    [
      { layer: "lstm", units: 2 },
      { activation: "tanh", recurrentActivation: "sigmoid", returnSequences: false, dropout: 0 },
    ],
    [
      { layer: "bidirectional", of: { layer: "gru", units: 2 } },
      { mergeMode: "concat", of: { activation: "tanh" } },
    ],
  ])("%j", (given, expected) => {
    expect(layer(given)).toMatchObject(expected);
  });

  test.each([
    [{ name: "step" }, { factor: 0.1, every: 10 }],
    [{ name: "reduceOnPlateau" }, { factor: 0.1, patience: 10 }],
    ["cosine", { name: "cosine" }],
  ])("schedule %j", (schedule, expected) => {
    expect(parsePlan(withTraining({ schedule })).training.schedule).toMatchObject(expected);
  });
});

test("every name of the vocabulary is in the schema, and no other", () => {
  expect(namesOf(optionsAt({ network: [{}] }, ["network", 0, "layer"])).toSorted()).toEqual([...LAYERS].toSorted());
  const at = (...path: (string | number)[]) => namesOf(optionsAt(withLayers({ layer: "dense" }), path)).toSorted();
  expect(at("network", 0, "activation")).toEqual([...ACTIVATIONS].toSorted());
  expect(at("network", 0, "kernelInit")).toEqual([...INITIALISERS].toSorted());
  expect(at("training", "loss")).toEqual([...LOSSES].toSorted());
  expect(at("training", "optimizer", "name")).toEqual([...OPTIMIZERS].toSorted());
  expect(at("metric")).toEqual([...METRICS].toSorted());
  expect(at("data", "augment", 0, "name")).toEqual([...AUGMENTATIONS].toSorted());
});

test.each([
  { split: "tail" },
  { split: { group: "g" } },
  { split: { time: "t" } },
  { source: "v.csv" },
  { source: { images: "i", labels: "l" } },
  null,
])("validation and test %j", (part) => {
  const plan = parsePlan(withData({ validation: part, test: part }));
  expect(plan.data.validation).toEqual(plan.data.test);
  expect(parsePlan(plan)).toEqual(plan);
});

test("branches join by name", () => {
  const network = [
    { layer: "dense", units: 2, name: "a" },
    { layer: "dense", units: 2, name: "b", from: ["input"] },
    { layer: "add", from: ["a", "b"] },
  ];
  expect(parsePlan({ ...base, network }).network).toHaveLength(3);
});

test("the JSON Schema describes what is required", () => {
  const schema = planJsonSchema() as { required: string[]; properties: Record<string, { description?: string }> };
  expect(schema.required).toEqual(["data", "network"]);
  for (const field of schema.required) expect(schema.properties[field].description).toBeTruthy();
});

describe.skipIf(!existsSync(shared))("shared plans (skipped: no folder ../shared)", () => {
  test("the example of the page that defines plans", () => {
    const [, example] = /```jsonc\n([\s\S]*?)```/.exec(readFileSync(`${shared}design/plan.md`, "utf8"))!;
    expect(parsePlan(readText(example, "example.json")).network).toHaveLength(3);
  });

  test("every case is understood, and its complete form is the same plan", () => {
    const files = globSync(`${shared}cases/*/*/{plan,fixed}.json`);
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) {
      const { plan } = loadPlan(file);
      expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    }
  });
});
