/** Model files of Keras, TensorFlow.js and PyTorch (ONNX) become the layers that a user would have written. */

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { layerSchema } from "../../src/plan/layers.ts";
import { loadPlan } from "../../src/plan/node/load.ts";
import { loadModel } from "../../src/plan/node/model.ts";
import { UserError } from "../../src/user-error.ts";

const MODELS = join(import.meta.dirname, "../fixtures/models");
const folder = mkdtempSync(join(tmpdir(), "unstuck-import-"));
afterAll(() => rmSync(folder, { recursive: true }));
const all = { loss: true, optimizer: true };

const put = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const planOf = (network: string, more: object = {}) =>
  put("plan.json", JSON.stringify({ data: { source: "a.csv", target: "y" }, network, ...more }));

const dense = (units: number, activation?: string, more?: object) => ({
  layer: "dense",
  units,
  ...(activation && { activation }),
  ...more,
});

const READ: [file: string, layers: object[]][] = [
  [
    "mlp.keras",
    [
      dense(16, "relu", { name: "hidden", kernelInit: "heNormal" }),
      { layer: "dropout", name: "drop", rate: 0.2 },
      dense(3, "softmax", { name: "out", l2: 0.01 }),
    ],
  ],
  [
    "branches.json",
    [
      { layer: "conv2d", name: "a", filters: 4, kernelSize: 3, padding: "same", activation: "relu" },
      { layer: "conv2d", name: "b", filters: 4, kernelSize: [3, 1], padding: "same" },
      { layer: "batchNormalization", name: "norm", momentum: 0.9 },
      { layer: "add", name: "sum", from: ["a", "norm"] },
      { layer: "activation", name: "leaky", activation: "leakyRelu" },
      { layer: "maxPooling2d", name: "max" },
      { layer: "averagePooling2d", name: "mean", from: ["leaky"] },
      { layer: "concatenate", name: "both", from: ["max", "mean"] },
      { layer: "globalAveragePooling2d", name: "pool" },
      dense(10, undefined, { name: "scores" }),
    ],
  ],
  [
    "sequence.json",
    [
      { layer: "embedding", name: "letters", inputDim: 50, outputDim: 8, maskZero: true },
      { layer: "bidirectional", name: "both", of: { layer: "lstm", units: 6, returnSequences: true, dropout: 0.1 } },
      { layer: "gru", name: "gru", units: 5 },
      dense(1, "sigmoid", { name: "out" }),
    ],
  ],
  [
    "attention.json",
    [
      { layer: "multiHeadAttention", name: "attention", heads: 2, keyDim: 4, causal: true },
      { layer: "add", name: "sum", from: ["input", "attention"] },
      { layer: "layerNormalization", name: "norm" },
      { layer: "timeDistributed", name: "each", of: dense(4, "gelu") },
      { layer: "flatten", name: "flat" },
      dense(2, undefined, { name: "out" }),
    ],
  ],
  [
    "nested.json",
    [
      dense(5, "tanh", { name: "inner/wide" }),
      dense(4, undefined, { name: "inner/back" }),
      { layer: "add", name: "sum", from: ["inner/back", "input"] },
      dense(1, undefined, { name: "out" }),
    ],
  ],
  [
    "separable.json",
    [
      { layer: "depthwiseConv2d", name: "sep/depthwise", kernelSize: 3, useBias: false },
      { layer: "conv2d", name: "sep", filters: 4, kernelSize: 1 },
      { layer: "flatten", name: "flatten" },
      dense(2, undefined, { name: "dense_1" }),
    ],
  ],
  [
    "tfjs-mlp/model.json",
    [
      dense(6, "elu", { name: "hidden", kernelInit: { normal: 0.5 }, biasInit: { normal: 0.5 } }),
      { layer: "dropout", name: "drop", rate: 0.25 },
      dense(3, "softmax", { name: "out", kernelInit: { normal: 0.5 } }),
    ],
  ],
  [
    "tfjs-cnn/model.json",
    [
      { layer: "conv2d", name: "a", filters: 3, kernelSize: 3, activation: "relu", kernelInit: { normal: 0.5 } },
      { layer: "conv2d", name: "b", filters: 3, kernelSize: 3, padding: "same", kernelInit: { normal: 0.5 } },
      { layer: "add", name: "sum", from: ["a", "b"] },
      { layer: "maxPooling2d", name: "pool" },
      { layer: "flatten", name: "flat" },
      dense(2, undefined, { name: "out", kernelInit: { normal: 0.5 } }),
    ],
  ],
  ["mlp", [dense(20, "relu"), dense(5, "swish"), dense(3, "softmax")]],
  [
    "cnn.dynamo.onnx",
    [
      { layer: "conv2d", filters: 4, kernelSize: 3, padding: "same", activation: "relu" },
      { layer: "maxPooling2d" },
      { layer: "conv2d", filters: 3, kernelSize: [3, 2], activation: "tanh" },
      { layer: "flatten" },
      dense(3),
    ],
  ],
  [
    "cnn.script.onnx",
    [
      { layer: "conv2d", filters: 4, kernelSize: 3, padding: "same" },
      { layer: "batchNormalization", momentum: 0.9, epsilon: 1e-5 },
      { layer: "activation", activation: "relu" },
      { layer: "maxPooling2d" },
      { layer: "conv2d", filters: 3, kernelSize: [3, 2], activation: "tanh" },
      { layer: "flatten" },
      dense(3),
    ],
  ],
  [
    "pooled",
    [{ layer: "conv2d", filters: 4, kernelSize: 3, activation: "relu" }, { layer: "globalAveragePooling2d" }, dense(2)],
  ],
  [
    "line",
    [
      { layer: "conv1d", filters: 4, kernelSize: 3, activation: "relu" },
      { layer: "maxPooling1d" },
      { layer: "flatten" },
      dense(2),
    ],
  ],
  [
    "branches",
    [
      dense(8, "relu", { name: "a" }),
      dense(8, "tanh", { name: "b" }),
      { layer: "add", name: "add", from: ["a", "b"] },
      { layer: "concatenate", from: ["a", "add"] },
      dense(3, undefined, { name: "c" }),
    ],
  ],
  ["last", [{ layer: "lstm", units: 6 }, dense(1, undefined, { name: "fc" })]],
  [
    "both",
    [
      { layer: "bidirectional", of: { layer: "gru", units: 6, returnSequences: true } },
      { layer: "bidirectional", of: { layer: "gru", units: 6, returnSequences: true } },
      dense(1, undefined, { name: "fc" }),
    ],
  ],
  [
    "view",
    [
      { layer: "conv2d", name: "conv1", filters: 4, kernelSize: 3, strides: 2, padding: "same", activation: "gelu" },
      { layer: "flatten" },
      dense(5, "softmax", { name: "fc" }),
    ],
  ],
];
// Without an ending: as both of PyTorch's exporters write it.
const files = READ.flatMap(([file, layers]) =>
  file.includes(".") ? [{ file, layers }] : ["script", "dynamo"].map((by) => ({ file: `${file}.${by}.onnx`, layers })),
);

// One of the exporters keeps the author's name of a recurrent layer, the other does not.
const nameless = ({ name, ...layer }: Record<string, unknown>) =>
  /^(lstm|gru)$/.test(String(name)) ? layer : { ...layer, name };

describe("layers", () => {
  it.each(files)("$file", ({ file, layers }) => {
    const read = loadModel(join(MODELS, file), all);
    expect(read.layers.map(nameless)).toEqual(layers.map((layer) => nameless({ ...layer })));
    for (const layer of read.layers) layerSchema.parse(layer);
  });
});

it("a pool keeps a stride that is not its size", () => {
  const pool = (config: object) => loadModel(put("pool.json", wrapped("MaxPooling2D", config)), all).layers;
  expect(pool({ pool_size: [3, 3], strides: [2, 2] })).toEqual([
    { layer: "maxPooling2d", name: "it", poolSize: 3, strides: 2 },
  ]);
  expect(pool({ pool_size: [3, 3], strides: [3, 3] })).toEqual([{ layer: "maxPooling2d", name: "it", poolSize: 3 }]);
});

describe("training", () => {
  it.each([
    [
      "mlp.keras",
      {
        loss: "sparseCategoricalCrossentropy",
        optimizer: { name: "adam", learningRate: 0.003, beta1: 0.8 },
        clipNorm: 1.5,
      },
    ],
    [
      "branches.json",
      {
        loss: { name: "sparseCategoricalCrossentropy", fromLogits: true },
        optimizer: { name: "sgd", learningRate: 0.1, momentum: 0.9, nesterov: true, decay: 0.001 },
      },
    ],
    [
      "tfjs-mlp/model.json",
      { loss: "categoricalCrossentropy", optimizer: { name: "rmsprop", learningRate: 0.005, rho: 0.8 } },
    ],
    ["sequence.json", {}],
  ])("%s", (file, training) => {
    expect(loadModel(join(MODELS, file), all).training).toEqual(training);
  });
});

describe("a plan with the path of a model", () => {
  const model = join(MODELS, "mlp.keras");

  it("holds its layers, and its training where it is silent itself", () => {
    const { plan, given, notes } = loadPlan(planOf(model));
    expect(given["network"]).toEqual(loadModel(model, all).layers);
    expect(plan.training.optimizer).toMatchObject({ name: "adam", learningRate: 0.003, beta1: 0.8 });
    expect(plan.training.clipNorm).toBe(1.5);
    expect(notes[0]).toMatch(/mlp\.keras.*sparseCategoricalCrossentropy.*adam 0\.003/);
  });

  it.each([
    [{ optimizer: "sgd" }, { name: "sgd", learningRate: 0.01 }],
    [{ lr: 1 }, undefined],
    [{ optimizer: { learning_rate: 1 } }, { name: "adam", learningRate: 1, beta1: 0.8 }],
  ])("keeps what it says itself: %j", (training, optimizer) => {
    const path = planOf(model, { training });
    if (optimizer) expect(loadPlan(path).plan.training.optimizer).toMatchObject(optimizer);
    else expect(() => loadPlan(path)).toThrow(UserError);
  });

  it("puts rows into the shape that the model takes", () => {
    const images = { data: { source: { images: "x", labels: "y" }, target: "label" } };
    expect(loadPlan(planOf(join(MODELS, "mlp.script.onnx"), images)).plan.network[0]).toEqual({ layer: "flatten" });
    const [first] = loadPlan(planOf(join(MODELS, "branches.json"))).plan.network as object[];
    expect(first).toEqual({ layer: "reshape", targetShape: [8, 8, 1] });
    const [shaped, , sum] = loadPlan(planOf(join(MODELS, "attention.json"))).plan.network as { name?: string }[];
    expect([shaped, sum]).toMatchObject([{ name: "shaped" }, { from: ["shaped", "attention"] }]);
  });
});

const wrapped = (class_name: string, config: object, more: object = {}) =>
  JSON.stringify({
    class_name: "Sequential",
    config: { layers: [{ class_name, config: { name: "it", ...config } }] },
    ...more,
  });

const REFUSED: [what: string, file: string, says: RegExp][] = [
  ["shared weights", join(MODELS, "shared.json"), /layer twice \(Dense\)/],
  [
    "a layer there is no word for",
    put("t.json", wrapped("Conv2DTranspose", { filters: 1, kernel_size: 2 })),
    /layer it \(Conv2DTranspose\)/,
  ],
  ["code", put("lambda.json", wrapped("Lambda", { function: ["4wEAAAA="] })), /layer it \(Lambda\)/],
  [
    "a constraint",
    put("c.json", wrapped("Dense", { units: 1, kernel_constraint: { class_name: "MaxNorm" } })),
    /layer it \(Dense\) has kernel_constraint/,
  ],
  ["an activation", put("a.json", wrapped("Dense", { units: 1, activation: "mish" })), /layer it \(Dense\).*mish/],
  ["a number out of range", put("u.json", wrapped("Dense", { units: -1 })), /u\.json: network\[0\]\.units/],
  [
    "a loss",
    put("l.json", wrapped("Dense", { units: 1 }, { training_config: { loss: "tversky" } })),
    /tversky.*training\.loss/,
  ],
  [
    "a graph model",
    put("g.json", JSON.stringify({ format: "graph-model", modelTopology: { node: [] } })),
    /graph model/,
  ],
  ["a class of its own", put("o.json", JSON.stringify({ class_name: "MyModel", config: {} })), /MyModel/],
  ["HDF5 that is cut off", put("m.h5", Buffer.from("\x89HDF\r\n\x1a\n", "latin1")), /HDF5 file is damaged/],
  ["no model", put("n.json", "{}"), /no model/],
  ["text", put("t.onnx", "hello, this is no model"), /no ONNX model/],
  ["nothing", put("e.onnx", ""), /no ONNX model/],
  ["no file", join(MODELS, "mlp.kers"), /did you mean "mlp\.keras"/],
  ["a folder", MODELS, /folder/],
];

describe("refused by name", () => {
  it.each(REFUSED)("%s", (_, file, says) => {
    expect(() => loadModel(file, all)).toThrow(UserError);
    expect(() => loadModel(file, all)).toThrow(says);
  });

  it("JSON that was made text twice is read", () => {
    const once = readFileSync(join(MODELS, "nested.json"), "utf8");
    expect(loadModel(put("twice.json", JSON.stringify(once)), all)).toEqual(
      loadModel(join(MODELS, "nested.json"), all),
    );
  });
});

const LOGS = join(import.meta.dirname, "../../../shared/logs/model-json");
const cases = existsSync(LOGS) ? readdirSync(LOGS) : [];

describe.skipIf(cases.length === 0)("published models", () => {
  it.each(cases)("%s", (name) => {
    const file = join(LOGS, name, "model.json");
    const { layers: classes = [] } = JSON.parse(readFileSync(join(LOGS, name, "source.json"), "utf8")) as {
      layers?: string[];
    };
    try {
      const { layers } = loadModel(file, all);
      if (classes.length > 0) expect(layers).toHaveLength(classes.filter((kind) => kind !== "InputLayer").length);
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect(name).toMatch(/double-encoded|graph-model/);
    }
  });
});
