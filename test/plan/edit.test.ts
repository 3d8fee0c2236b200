/** Edits change a copy and only what plans have; the difference of two plans leads from one to the other. */

import { describe, expect, test } from "vitest";
import { at, layerNames, layerPhrase } from "../../src/plan/describe.ts";
import { change, difference, type Given, insertLayer, removeLayer } from "../../src/plan/edit.ts";
import { LAYERS } from "../../src/plan/names.ts";
import { parsePlan } from "../../src/plan/plan.ts";
import { base, withData, withLayers, withTraining } from "./plans.ts";

const given: Given = structuredClone(base);

test.each([
  ["data.scale", "standard"],
  ["data.scale", { divideBy: 255 }],
  ["data.validation.split", "stratified"],
  ["data.classWeights", "balanced"],
  ["network[0].activation", "relu"],
  ["network[0].kernelInit", { normal: 0.1 }],
  ["network[1].rate", 0.1],
  ["network[2].units", 4],
  ["training.loss", "meanSquaredError"],
  ["training.optimizer.learningRate", 0.1],
  ["training.batchSize", 8],
  ["training.schedule", { name: "cosine" }],
  ["training.earlyStopping", { patience: 3 }],
  ["metric", "f1"],
])("change %s to %j", (path, value) => {
  const edited = change(given, path, value);
  expect(at(edited, path)).toEqual(value);
  expect(given).toEqual(base);
  const [first] = difference(parsePlan(given), parsePlan(edited));
  expect(path.startsWith(first.path) || first.path.startsWith(path)).toBe(true);
});

test("a name alone becomes an object", () => {
  const edited = change(withTraining({ optimizer: "sgd", loss: "mse" }), "training.optimizer.learningRate", 0.1);
  expect(edited.training).toEqual({ optimizer: { name: "sgd", learningRate: 0.1 }, loss: "mse" });
});

test("another optimizer or loss drops what it does not have", () => {
  const plan = withTraining({
    optimizer: { name: "sgd", learningRate: 0.1, momentum: 0.9 },
    loss: { name: "bce", fromLogits: true, reduction: "sum" },
  });
  const loss = { name: "binaryCrossentropy", fromLogits: true, reduction: "sum" };
  const normal = change(plan, "training.loss", loss);
  expect(at(change(normal, "training.optimizer.name", "adam"), "training.optimizer")).toEqual({
    name: "adam",
    learningRate: 0.1,
  });
  expect(at(change(normal, "training.loss.name", "meanSquaredError"), "training.loss")).toEqual({
    name: "meanSquaredError",
    reduction: "sum",
  });
});

test("undefined makes the plan silent", () => {
  expect(change(withData({ scale: "minmax" }), "data.scale", undefined)).toEqual(base);
});

test.each([
  ["data.scal", "standard"],
  ["training.learningRate", 0.1],
  ["network[1].activation", "relu"],
  ["network[0].activation", "rellu"],
  ["training.epochs", -1],
  ["network[9].units", 3],
])("no edit: %s = %j", (path, value) => {
  expect(() => change(given, path, value)).toThrow(expect.objectContaining({ name: "Error" }));
});

test("layers are removed and inserted", () => {
  expect(removeLayer(given, 1).network).toEqual([base.network[0], base.network[2]]);
  expect(insertLayer(given, 1, { layer: "flatten" }).network).toHaveLength(4);
  expect(at(insertLayer(given, 3, { layer: "flatten" }), "network[3].layer")).toBe("flatten");
  expect(() => removeLayer(given, 3)).toThrow();
  expect(() => insertLayer(given, 5, { layer: "flatten" })).toThrow();
  expect(() => insertLayer(given, 0, { layer: "dens" })).toThrow();
});

const join = (...from: string[]) => ({ layer: "add", from });
const flat = { layer: "flatten" };
test.each([
  {
    name: "a layer before it takes its name",
    network: [flat, { ...flat, name: "a" }, { ...flat, name: "b" }, join("a", "b")],
    remove: 1,
    left: [{ ...flat, name: "a" }, { ...flat, name: "b" }, join("a", "b")],
  },
  {
    name: "a layer before it has a name",
    network: [{ ...flat, name: "z" }, { ...flat, name: "a" }, { ...flat, name: "b" }, join("a", "b")],
    remove: 1,
    left: [{ ...flat, name: "z" }, { ...flat, name: "b" }, join("z", "b")],
  },
  {
    name: "the first",
    network: [{ ...flat, name: "a" }, { ...flat, name: "b" }, join("a", "b")],
    remove: 0,
    left: [{ ...flat, name: "b" }, join("input", "b")],
  },
  {
    name: "one that begins a branch",
    network: [{ ...flat, name: "a" }, { ...flat, from: ["input"] }, { ...flat, name: "b" }, join("a", "b")],
    remove: 1,
    left: [{ ...flat, name: "a" }, { ...flat, name: "b", from: ["input"] }, join("a", "b")],
  },
])("what came from a removed layer comes from what that came from: $name", ({ network, remove, left }) => {
  expect(removeLayer({ ...given, network }, remove).network).toEqual(left);
});

describe("difference", () => {
  const plan = parsePlan(base);
  const paths = (edited: unknown) => difference(plan, parsePlan(edited)).map(({ path }) => path);
  test("none", () => expect(paths(base)).toEqual([]));

  test.each<[string[], object]>([
    [["data.scale"], withData({ scale: { divideBy: 255 } })],
    [
      ["data.validation.fraction", "data.validation.split"],
      withData({ validation: { fraction: 0.3, split: { group: "g" } } }),
    ],
    [["data.validation"], withData({ validation: null })],
    [["data.labels"], withData({ labels: { "1": 0 } })],
    [["training.optimizer.name", "training.optimizer.learningRate"], withTraining({ optimizer: "sgd" })],
    [["training.loss"], withTraining({ loss: "mse" })],
    [["training.schedule"], withTraining({ schedule: { name: "step" } })],
    [
      ["network[0].activation", "network[2].units"],
      withLayers({ ...base.network[0], activation: "relu" }, base.network[1], { ...base.network[2], units: 4 }),
    ],
    [
      ["network[0].kernelInit"],
      withLayers({ ...base.network[0], kernelInit: { uniform: 0.1 } }, ...base.network.slice(1)),
    ],
    [["network[1]"], withLayers(base.network[0], base.network[2])],
    [["network[0]"], withLayers(base.network[1], base.network[2])],
    [["network[0]"], withLayers({ layer: "flatten" }, ...base.network)],
    [["network[1]", "network[2].units"], withLayers(base.network[0], { ...base.network[2], units: 4 })],
    [["network"], { ...base, network: "model.json" }],
  ])("%j", (expected, edited) => {
    expect(paths(edited)).toEqual(expected);
  });

  test("from and to", () => {
    expect(difference(plan, parsePlan(withData({ scale: "standard" })))).toEqual([
      { path: "data.scale", from: "none", to: "standard" },
    ]);
    const [added] = difference(plan, parsePlan(withLayers({ layer: "flatten" }, ...base.network)));
    expect(added).toEqual({ path: "network[0]", from: null, to: { layer: "flatten" } });
    const [removed] = difference(plan, parsePlan(withLayers(base.network[0], base.network[2])));
    expect(removed).toMatchObject({ path: "network[1]", from: { layer: "dropout", rate: 0.5 }, to: null });
  });

  test("of other schedules and early stopping", () => {
    const step = parsePlan(withTraining({ schedule: { name: "step" }, earlyStopping: { patience: 1 } }));
    const other = parsePlan(withTraining({ schedule: { name: "step", every: 5 }, earlyStopping: { patience: 2 } }));
    expect(difference(step, other).map(({ path }) => path)).toEqual([
      "training.schedule.every",
      "training.earlyStopping.patience",
    ]);
  });
});

// Of Keras 3.12, a fresh model of each.
const KERAS = `dense conv1d conv2d depthwise_conv2d max_pooling1d max_pooling2d average_pooling1d average_pooling2d
  global_max_pooling1d global_max_pooling2d global_average_pooling1d global_average_pooling2d flatten reshape dropout
  gaussian_noise batch_normalization layer_normalization activation embedding simple_rnn lstm gru bidirectional
  time_distributed repeat_vector multi_head_attention add concatenate`.split(/\s+/);
const dense = { layer: "dense" };
const flatten = { layer: "flatten" };

test("a layer in a sentence: place, name, size", () => {
  const layers = [
    { layer: "dense", units: 1200 },
    { layer: "dropout" },
    { layer: "timeDistributed", of: { layer: "conv2d", filters: 1 } },
  ];
  expect(layers.map((_, i) => layerPhrase(layers, i))).toEqual([
    "layer 1, dense (1,200 units)",
    "layer 2, dropout",
    "layer 3, time_distributed (1 filter)",
  ]);
});

describe("names of layers", () => {
  test.each<[string, object[], string[]]>([
    ["kinds as Keras writes them", LAYERS.map((layer) => ({ layer })), KERAS],
    ["the first without a number", [dense, flatten, dense, dense], ["dense", "flatten", "dense_1", "dense_2"]],
    ["given names do not count", [dense, { ...dense, name: "out" }, dense], ["dense", "out", "dense_1"]],
    ["and are never taken", [dense, { ...dense, name: "dense" }, dense], ["dense_1", "dense", "dense_2"]],
    // Keras 3.12, measured: the layer within another comes first, and attention makes a dropout of its own.
    ["layers within layers", [{ layer: "timeDistributed", of: dense }, dense], ["time_distributed", "dense_1"]],
    ["attention", [{ layer: "multiHeadAttention" }, { layer: "dropout" }], ["multi_head_attention", "dropout_1"]],
  ])("%s", (_, layers, names) => expect(layerNames(layers as { layer: string }[])).toEqual(names));
});
