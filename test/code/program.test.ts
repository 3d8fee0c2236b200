/** A plan as a program: written for every layer there is, and, where Python has the frameworks, run beside our own engine. */
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { subjectOf } from "../../src/cli/code.ts";
import { program } from "../../src/code/program/index.ts";
import { FRAMEWORKS, type Framework } from "../../src/code/program/subject.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import { loadDataset } from "../../src/data/node/load.ts";
import { graphEngine, makeLane } from "../../src/engine/graph-engine.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { type PlanInput, parsePlan } from "../../src/plan/plan.ts";
import { stream, uniform } from "../../src/random.ts";
import { UserError } from "../../src/user-error.ts";
import { writeSafetensors } from "../../src/weights.ts";
import { folder, plan as planOf, sides, table, temporary, unstuck } from "../cli/help.ts";
import { classes, dense, end, plan as inMemory, told } from "../engine/small.ts";

const PYTHON = resolve(import.meta.dirname, "../../bench/peers/.venv/bin/python");
// Keras runs on PyTorch where there is no TensorFlow.
const ENV = { ...process.env, KERAS_BACKEND: "torch", CUDA_VISIBLE_DEVICES: "", PYTHONWARNINGS: "ignore" };
const known = new Map<string, boolean>();
const has = (modules: string): boolean => {
  if (!known.has(modules)) known.set(modules, imports(modules));
  return known.get(modules)!;
};
const imports = (modules: string): boolean => {
  if (!existsSync(PYTHON)) return false;
  try {
    execFileSync(PYTHON, ["-c", `import ${modules}`], { stdio: "ignore", env: ENV });
    return true;
  } catch {
    return false;
  }
};
const needs: Record<Framework, string> = {
  keras: "keras, sklearn, pandas",
  pytorch: "torch, torchvision, sklearn, pandas",
};

const written = (given: ReturnType<typeof inMemory>, data: Dataset, framework: Framework) =>
  program(subjectOf(given, data, makeLane(given, data, 1)), framework);

const layers = (...list: Record<string, unknown>[]) => list as PlanInput["network"];
const IMAGE = layers(
  { layer: "conv2d", filters: 4, kernelSize: 3, strides: 2, padding: "same", activation: "relu", name: "a" },
  { layer: "batchNormalization" },
  { layer: "depthwiseConv2d", kernelSize: 2, padding: "same", name: "in/b" },
  { layer: "add", from: ["a", "in/b"], name: "sum" },
  { layer: "maxPooling2d" },
  { layer: "gaussianNoise", std: 0.1 },
  { layer: "averagePooling2d", poolSize: 1 },
  { layer: "globalMaxPooling2d" },
  dense(3, "softmax"),
);
const SEQUENCE = layers(
  { layer: "conv1d", filters: 6, kernelSize: 3, padding: "same", activation: "gelu" },
  { layer: "maxPooling1d", padding: "same" },
  { layer: "multiHeadAttention", heads: 2, keyDim: 3, causal: true },
  { layer: "layerNormalization" },
  { layer: "bidirectional", of: { layer: "gru", units: 4, returnSequences: true } },
  { layer: "timeDistributed", of: { layer: "dense", units: 4, activation: "tanh", l2: 0.01 } },
  { layer: "lstm", units: 4 },
  { layer: "repeatVector", n: 2 },
  { layer: "simpleRNN", units: 3, returnSequences: true },
  { layer: "flatten" },
  dense(3, "softmax"),
);

describe.each(FRAMEWORKS)("%s", (framework) => {
  it.each([
    ["images", IMAGE, classes(40, [9, 9, 2], 3)],
    ["sequences", SEQUENCE, classes(40, [7, 6], 3)],
  ])("%s: every layer has its code", (_, network, data) => {
    const training = { batchSize: 8, schedule: { name: "step" }, earlyStopping: { patience: 2 }, clipNorm: 1 } as const;
    const code = written(inMemory({ network, training }), data, framework);
    expect(code).toContain(framework === "keras" ? "model.fit" : "model.train()");
    const shape = data.table.shape.join(", ");
    if (!has(needs[framework])) return;
    // From the network on, over rows of the same shape: it builds, trains and answers.
    const begin = code.search(framework === "keras" ? /^(?:data|model) = keras/m : /^def tensors/m);
    const needed = code.split("\n").filter((line) => /^(import|from) /.test(line));
    const rows = `x_train = x_val = np.random.default_rng(1).normal(size=(40, ${shape})).astype("float32")
y_train = y_val = truth = np.arange(40) % 3`;
    const script = [...needed, rows, code.slice(begin), "print(output.shape)"].join("\n");
    expect(execFileSync(PYTHON, ["-c", script], { encoding: "utf8", env: ENV })).toContain("(40, 3)");
  });

  it.runIf(framework === "pytorch")("masked padding is told in Keras only", () => {
    const masked = { layer: "embedding", inputDim: 9, outputDim: 4, maskZero: true };
    const network = layers(masked, { layer: "gru", units: 4, returnSequences: true }, dense(3, "softmax"));
    const code = () => {
      const subject = subjectOf(
        inMemory({ network }),
        classes(20, [4], 3),
        makeLane(inMemory({ network }), classes(20, [4], 3), 1),
      );
      return program(
        { ...subject, plan: { ...subject.plan, data: { ...subject.plan.data, task: "sequence" } } },
        framework,
      );
    };
    expect(code).toThrow(UserError);
  });

  it.each<[NonNullable<PlanInput["data"]["augment"]>, string]>([
    [[{ name: "mixup" }], "both"],
    [[{ name: "noise" }, { name: "rotate" }], "pytorch"],
    [[{ name: "flip", amount: 0.2 }], "keras"],
  ])("an augmentation that is not equal is refused: %j in %s", (augment, where) => {
    const data = classes(20, [4, 4, 1], 3);
    const the = inMemory({ data: { augment }, network: layers({ layer: "flatten" }, dense(3, "softmax")) });
    const code = () => written(the, data, framework);
    if (where === "both" || where === framework) expect(code).toThrow(UserError);
    else expect(code()).toContain(framework === "keras" ? "    augment," : "model(augmented(x))");
  });

  it("what has no code is refused by name", () => {
    const network = layers({ layer: "lstm", units: 3, activation: "relu" }, dense(3, "softmax"));
    const code = () => written(inMemory({ network }), classes(20, [4, 3], 3), framework);
    if (framework === "pytorch") expect(code).toThrow(UserError);
    else expect(code()).toContain("LSTM");
  });
});

/** A pair of IDX files: a bright side of small images. */
function images(at: string): void {
  const [rows, side] = [300, 6];
  const x = new Uint8Array(16 + rows * side * side);
  const y = new Uint8Array(8 + rows);
  new DataView(x.buffer).setUint32(0, 0x00000803);
  [rows, side, side].forEach((n, i) => {
    new DataView(x.buffer).setUint32(4 + 4 * i, n);
  });
  new DataView(y.buffer).setUint32(0, 0x00000801);
  new DataView(y.buffer).setUint32(4, rows);
  const base = stream(5, 1);
  for (let row = 0; row < rows; row++) {
    y[8 + row] = row % 2;
    for (let i = 0; i < side * side; i++)
      x[16 + row * side * side + i] =
        90 * uniform(base, row * 64 + i) + ((i % side) * 2 < side === (row % 2 === 0) ? 60 : 0);
  }
  writeFileSync(join(at, "x-idx3-ubyte"), x);
  writeFileSync(join(at, "y-idx1-ubyte"), y);
}

const holes = (text: string) => text.replace(/\n[^,]*,/g, (cell, at: number) => (at % 7 === 0 ? "\n," : cell));
const colours = (text: string) =>
  text
    .split("\n")
    .map((line, i) => (line ? `${line},${i === 0 ? "colour" : ["red", "green"][i % 2]}` : line))
    .join("\n");

const RUN: { name: string; plan: Record<string, unknown> }[] = [
  {
    name: "classes",
    plan: planOf("classes.csv", {
      data: {
        missing: "mean",
        scale: "standard",
        classWeights: "balanced",
        validation: { fraction: 0.3, split: "stratified" },
      },
      network: [dense(8, "relu"), { layer: "dropout", rate: 0.1 }, { ...dense(2, "softmax"), l2: 1e-4 }],
      training: { epochs: 15, batchSize: 16, clipNorm: 5 },
    }),
  },
  {
    name: "numbers",
    plan: planOf("numbers.csv", {
      data: { scale: "minmax", scaleTarget: "standard", validation: { fraction: 0.3 } },
      network: [dense(16, "tanh"), dense(1)],
      training: { epochs: 60, batchSize: 16, loss: "mse", earlyStopping: { patience: 20, restoreBest: true } },
    }),
  },
  {
    name: "images",
    plan: planOf("", {
      data: { source: { images: "x-idx3-ubyte", labels: "y-idx1-ubyte" }, target: "label", scale: { divideBy: 255 } },
      network: [
        { layer: "conv2d", filters: 4, kernelSize: 3, activation: "relu" },
        { layer: "maxPooling2d" },
        { layer: "flatten" },
        dense(1, "sigmoid"),
      ],
      training: { epochs: 8, batchSize: 16 },
    }),
  },
  {
    name: "augmented",
    plan: planOf("", {
      data: {
        source: { images: "x-idx3-ubyte", labels: "y-idx1-ubyte" },
        target: "label",
        scale: "standard",
        augment: [{ name: "cutout", amount: 0.3 }, "noise"],
      },
      network: [
        { layer: "conv2d", filters: 4, kernelSize: 3, activation: "relu" },
        { layer: "flatten" },
        dense(2, "softmax"),
      ],
      training: { epochs: 8, batchSize: 16 },
    }),
  },
  {
    name: "windows",
    plan: planOf("wave.csv", {
      data: {
        features: ["y", "other"],
        drop: [30, 200],
        window: { steps: 8, ahead: 2 },
        scale: "standard",
        scaleTarget: "standard",
        augment: [{ name: "noise", amount: 0.05 }],
        validation: { fraction: 0.25, split: { time: "day" } },
      },
      network: [{ layer: "flatten" }, dense(8, "tanh"), dense(1)],
      training: { epochs: 25, batchSize: 16, loss: "mse" },
    }),
  },
  {
    name: "sequences",
    plan: planOf("pairs.csv", {
      data: { target: "after", task: "sequence", validation: { fraction: 0.3 } },
      network: [
        { layer: "embedding", inputDim: 7, outputDim: 8, name: "read" },
        { layer: "embedding", inputDim: 8, outputDim: 4, from: ["target"] },
        { layer: "gru", units: 12, returnSequences: true, name: "said" },
        { layer: "concatenate", from: ["read", "said"] },
        dense(8, "softmax"),
      ],
      training: { loss: "sparseCategoricalCrossentropy", epochs: 15, batchSize: 16 },
    }),
  },
];

/** A wave with noise, its rows out of order in time. */
function wave(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const row = (i * 7) % rows;
    const noise = uniform(stream(7, 3), row) - 0.5;
    return `${new Date(Date.UTC(2020, 0, 1 + row)).toISOString().slice(0, 10)},${(row % 5) / 10},${(20 * Math.sin(row / 3) + 4 * noise + 50).toFixed(3)}`;
  });
  return ["day,other,y", ...lines].join("\n");
}

/** Two to four letters, each with the next one of the alphabet after it; then a full stop, with a sign as good as drawn after it. */
function pairs(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const letters = Array.from({ length: 2 + (i % 3) }, (_, k) => Math.floor(5 * uniform(stream(7, 1), 4 * i + k)));
    const word = (by: number) => letters.map((letter) => "abcdef"[letter + by]).join("");
    return `${word(0)}.,${word(1)}${uniform(stream(7, 2), i) < 0.5 ? "+" : "-"}`;
  });
  return ["before,after", ...lines].join("\n");
}

describe("beside our own engine", () => {
  const at = folder({
    "classes.csv": colours(holes(table(300, sides))),
    "numbers.csv": table(200, (sum) => (100 * Math.sin(2 * sum)).toFixed(2)),
    "pairs.csv": pairs(400),
    "wave.csv": wave(500),
  });
  images(at);
  const subjects = RUN.map(async ({ name, plan }) => {
    const whole = parsePlan(plan);
    const dataset = await loadDataset(whole, at);
    return { name, whole, dataset, subject: subjectOf(whole, dataset, makeLane(whole, dataset, 1)) };
  });

  it.for(FRAMEWORKS)("%s scores as ours does, within the spread of seeds", async (framework, { skip }) => {
    skip(!has(needs[framework]), `no Python with ${needs[framework]}: node bench/peers/setup.ts makes it`);
    const files: string[] = [];
    for (const { name, subject } of await Promise.all(subjects)) {
      files.push(join(at, `${name}.${framework}.py`));
      writeFileSync(files.at(-1)!, program(subject, framework));
    }
    const script = "import runpy, sys\nfor file in sys.argv[1:]:\n    runpy.run_path(file)";
    const notes = execFileSync(PYTHON, ["-c", script, ...files], { cwd: at, encoding: "utf8", env: ENV });
    const theirs = [...notes.matchAll(/validation rows: (\S+)/g)].map(([, score]) => Number(score));
    expect(theirs).toHaveLength(RUN.length);
    for (const [i, { name, whole, dataset }] of (await Promise.all(subjects)).entries()) {
      const seeds = [1, 2, 3, 4, 5];
      const events = await told(graphEngine(onnxRuntime(1)), whole, dataset, { seeds });
      const ours = seeds.map((seed) => end(events, seed).score);
      const mean = ours.reduce((sum, score) => sum + score, 0) / seeds.length;
      const spread = Math.sqrt(ours.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (seeds.length - 1));
      expect(Math.abs(theirs[i] - mean), `${name}: ${theirs[i]} beside ${ours}`).toBeLessThan(4 * spread + 0.05);
    }
  });
});

const NAMED = layers(
  { layer: "conv2d", name: "a", filters: 4, kernelSize: [3, 2], strides: 2, padding: "same", activation: "relu" },
  { layer: "batchNormalization", name: "b" },
  { layer: "depthwiseConv2d", name: "c", kernelSize: 2 },
  { layer: "reshape", name: "d", targetShape: [16, 4] },
  { layer: "conv1d", name: "e", filters: 3, kernelSize: 3, useBias: false },
  { layer: "lstm", name: "f", units: 5, returnSequences: true },
  { layer: "layerNormalization", name: "g" },
  { layer: "gru", name: "h", units: 4, returnSequences: true },
  { layer: "simpleRNN", name: "i", units: 4 },
  { ...dense(3, "softmax"), name: "j" },
);

it.skipIf(!has(`${needs.keras}, safetensors`))("kept weights predict in Keras what they predict here", async () => {
  const the = inMemory({ network: NAMED, training: { epochs: 2, batchSize: 8 }, data: { validation: null } });
  const data = classes(24, [9, 9, 2], 3);
  const events = await told(graphEngine(onnxRuntime(1)), the, data, { weights: true, predictions: true });
  const at = temporary();
  for (const event of events) {
    if (event.type === "weights") writeFileSync(join(at, "w.safetensors"), writeSafetensors(event.weights));
    if (event.type === "predictions") writeFileSync(join(at, "y.json"), JSON.stringify(event.outputs));
  }
  writeFileSync(join(at, "x.bin"), new Uint8Array(Float32Array.from(data.table.x).buffer));
  const code = written(the, data, "keras");
  const network = code.slice(code.indexOf("model = keras"), code.indexOf("model.compile"));
  const script = `import json, keras, numpy as np, safetensors.numpy
x_train = np.fromfile("x.bin", np.float32).reshape(24, 9, 9, 2)
${network}
weights = safetensors.numpy.load_file("w.safetensors")
for layer in model.layers:
    layer.set_weights([weights[f"{layer.name}.{variable.name}"] for variable in layer.weights])
y = np.array(json.load(open("y.json"))).reshape(24, 3)
print(np.abs(model.predict(x_train, verbose=0) - y).max())`;
  const apart = execFileSync(PYTHON, ["-c", script], { cwd: at, encoding: "utf8", env: ENV });
  expect(Number(apart)).toBeLessThan(1e-5);
});

describe("the verb", () => {
  it("prints the program, with the file as it is found from here", async () => {
    const at = folder({ "t.csv": table(60, sides), "plan.json": planOf("t.csv") });
    const { code, out, err } = await unstuck(temporary(), ["code", join(at, "plan.json"), "--framework", "pytorch"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/read\("\.\.\/.*t\.csv"\)/);
    expect((await unstuck(at, ["code", "plan.json", "--framework", "jax"])).code).toBe(2);
  });
});
