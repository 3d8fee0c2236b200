/** The exported network answers raw rows as the training judged them: in onnxruntime for any number of rows, and in ONNX's own checker. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { InferenceSession, Tensor } from "onnxruntime-common";
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/data/dataset.ts";
import { inferenceModel } from "../../src/engine/export/onnx.ts";
import { graphEngine, makeLane } from "../../src/engine/graph-engine.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import type { PlanInput } from "../../src/plan/plan.ts";
import { apart, classes, dense, numbers, plan, type Sketch, tokens as sequences, told } from "./small.ts";

const ort = createRequire(import.meta.url)("onnxruntime-node") as {
  InferenceSession: { create(model: Uint8Array): Promise<InferenceSession> };
  Tensor: new (type: "float32", data: Float32Array, dims: number[]) => Tensor;
};

const layers = (...list: Record<string, unknown>[]) => list as PlanInput["network"];
const scale = (dataset: Dataset, by: number, shift: number): Dataset => {
  const x = dataset.table.x.map((value) => value * by + shift);
  return { ...dataset, table: { ...dataset.table, x } };
};
const holed = (dataset: Dataset): Dataset => {
  const x = dataset.table.x.map((value, i) => (i % 17 === 0 ? Number.NaN : value));
  return { ...dataset, table: { ...dataset.table, x } };
};

const CASES: { name: string; data: Dataset; sketch: Sketch }[] = [
  {
    name: "classes from raw columns",
    data: scale(classes(80, [5], 3), 1e4, 3e6),
    sketch: {
      network: layers({ ...dense(8, "relu") }, { layer: "dropout", rate: 0.3 }, dense(3, "softmax")),
      data: { scale: "standard" },
    },
  },
  {
    name: "missing cells and a scaled target",
    data: holed(numbers(80, 3, 2)),
    sketch: {
      network: layers(dense(6, "tanh"), dense(2)),
      data: { missing: "median", scale: "minmax", scaleTarget: "standard" },
      training: { loss: "meanSquaredError" },
    },
  },
  {
    name: "images",
    data: classes(60, [6, 6, 2], 3),
    sketch: {
      network: layers(
        { layer: "conv2d", filters: 4, kernelSize: 3, padding: "same", activation: "relu", name: "first" },
        { layer: "batchNormalization" },
        { layer: "depthwiseConv2d", kernelSize: 2 },
        { layer: "add", from: ["first", "first"] },
        { layer: "maxPooling2d" },
        { layer: "flatten" },
        dense(3, "softmax"),
      ),
      data: { scale: { divideBy: 3 } },
      training: { averageWeights: 0.9 },
    },
  },
  {
    name: "sequences",
    data: classes(60, [6, 3], 3),
    sketch: {
      network: layers(
        { layer: "conv1d", filters: 4, kernelSize: 3, padding: "same" },
        { layer: "multiHeadAttention", heads: 2, keyDim: 3 },
        { layer: "bidirectional", of: { layer: "lstm", units: 3, returnSequences: true } },
        { layer: "timeDistributed", of: { layer: "dense", units: 4 } },
        { layer: "layerNormalization" },
        { layer: "gru", units: 4 },
        dense(3, "softmax"),
      ),
    },
  },
];

/** Tokens 0 … 4, of which 0 is padding. */
const tokens = (dataset: Dataset): Dataset => {
  const x = dataset.table.x.map((value) => Math.min(4, Math.floor(Math.abs(value) * 2)));
  return { ...dataset, table: { ...dataset.table, x } };
};
CASES.push({
  name: "padded tokens",
  data: tokens(classes(60, [6], 3)),
  sketch: {
    network: layers(
      { layer: "embedding", inputDim: 5, outputDim: 4, maskZero: true },
      { layer: "gru", units: 5, returnSequences: true },
      { layer: "lstm", units: 4 },
      dense(3, "softmax"),
    ),
  },
});

/** What the engine answered for its validation rows, and the model that it became. */
async function trained({ data, sketch }: (typeof CASES)[number]) {
  const the = plan({
    ...sketch,
    training: { optimizer: "adam", epochs: 2, batchSize: 16, ...(sketch.training as object) },
  });
  const events = await told(graphEngine(onnxRuntime(1)), the, data, { predictions: true, weights: true });
  const kept = events.find((event) => event.type === "weights")!;
  const predictedTokens = events.find((event) => event.type === "predictions")!;
  const lane = makeLane(the, data, 1);
  if (kept.type !== "weights" || predictedTokens.type !== "predictions") throw new Error("nothing was told");
  const { factor, shift, kind } = lane.data.targetScale;
  const units = predictedTokens.units;
  const outputs = predictedTokens.outputs.map((value, i) =>
    kind === "none" ? value : value * factor[i % units] + shift[i % units],
  );
  return { model: inferenceModel(lane, data, kept.weights), rows: predictedTokens.rows, outputs };
}

const PYTHON = ["../../bench/peers/.venv/bin/python"].map((path) => resolve(import.meta.dirname, path));
const CHECK = `
import sys, onnx
model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)
print(sorted(i.name for i in model.graph.initializer if "." in i.name)[0], {p.key for p in model.metadata_props})
`;
const checker = PYTHON.find((python) => {
  if (!existsSync(python)) return false;
  try {
    execFileSync(python, ["-c", "import onnx"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

describe.each(CASES)("$name", (one) => {
  const made = trained(one);

  it("answers as it was judged, one row or all", async () => {
    const { model, rows, outputs } = await made;
    const { x, shape } = one.data.table;
    const size = shape.reduce((n, side) => n * side, 1);
    const session = await ort.InferenceSession.create(model);
    for (const some of [rows, rows.slice(0, 1)]) {
      const values = Float32Array.from(some.flatMap((row) => Array.from(x.subarray(row * size, (row + 1) * size))));
      const { output } = await session.run({ input: new ort.Tensor("float32", values, [some.length, ...shape]) });
      expect(output.dims[0]).toBe(some.length);
      expect(apart(output.data as Float32Array, outputs.slice(0, output.data.length))).toBeLessThan(1e-5);
    }
  });

  it.skipIf(!checker)("is a model by the rules of ONNX", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "unstuck-onnx-")), "model.onnx");
    writeFileSync(path, (await made).model);
    const notes = execFileSync(checker!, ["-c", CHECK, path], { encoding: "utf8" });
    expect(notes).toContain("features");
  });
});

it("a taught decoder, asked step by step, answers as it was judged", async () => {
  const data = sequences(44, { steps: 5, kinds: 6, least: 2, target: { steps: 4, kinds: 5, least: 2 } });
  const network = layers(
    { layer: "embedding", inputDim: 7, outputDim: 4, maskZero: true },
    { layer: "bidirectional", of: { layer: "lstm", units: 3, returnSequences: true }, name: "read" },
    { layer: "embedding", inputDim: 6, outputDim: 4, from: ["target"] },
    { layer: "gru", units: 6, returnSequences: true, name: "write" },
    { layer: "multiHeadAttention", heads: 2, keyDim: 3, from: ["write", "read"], name: "seen" },
    { layer: "concatenate", from: ["write", "seen"] },
    dense(6, "softmax"),
  );
  const { model, rows, outputs } = await trained({
    name: "decoder",
    data,
    sketch: { network, data: { task: "sequence" }, metric: "exactMatch" },
  });
  const { x, target } = data.table;
  if (target.kind !== "tokens") throw new Error("no tokens");
  const session = await ort.InferenceSession.create(model);
  const input = Float32Array.from(rows.flatMap((row) => Array.from(x.subarray(row * 5, (row + 1) * 5))));
  const given = new Float32Array(rows.length * 4);
  for (let step = 0; step < 4; step++) {
    const { output } = await session.run({
      input: new ort.Tensor("float32", input, [rows.length, 5]),
      given: new ort.Tensor("float32", given, [rows.length, 4]),
    });
    const shares = output.data as Float32Array;
    rows.forEach((_, i) => {
      const at = (i * 4 + step) * 6;
      const own = shares.subarray(at, at + 6);
      given[i * 4 + step] = own.indexOf(Math.max(...own));
    });
  }
  const counted = rows.flatMap((row, i) =>
    Array.from({ length: 4 }, (_, step) => i * 4 + step).filter((at) => target.values[row * 4 + (at % 4)] > 0),
  );
  expect(counted.length).toBeGreaterThan(rows.length);
  expect(counted.map((at) => given[at])).toEqual(counted.map((at) => outputs[at]));
});
