/** Weights are kept and taken up again under Keras' names and in Keras' layouts; those of other frameworks predict here what they predict there. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeLane } from "../../src/engine/graph-engine.ts";
import { startingWeights } from "../../src/engine/network.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { Stack } from "../../src/engine/stack.ts";
import { namedWeights } from "../../src/engine/weights.ts";
import { loadModel } from "../../src/plan/node/model.ts";
import { readWeights } from "../../src/plan/node/weights.ts";
import type { PlanInput } from "../../src/plan/plan.ts";
import { UserError } from "../../src/user-error.ts";
import { type NamedWeights, permuted, readSafetensors, writeSafetensors } from "../../src/weights.ts";
import { apart, dense, normalRows, numbers, plan } from "./small.ts";

const MODELS = join(import.meta.dirname, "../fixtures/models");
const expected: Record<string, { x: number[]; y: number[] }> = JSON.parse(
  readFileSync(join(MODELS, "expected.json"), "utf8"),
);

type Given = Record<string, unknown>;
const weighty = /^(dense|conv|lstm|gru|batch|layerNorm|embedding|depthwise|simpleRNN|multiHead)/;
/** Each layer that has weights starts from the file. */
const startingFrom = (layers: readonly Given[], file: string): PlanInput["network"] =>
  layers.map((layer) => {
    const of = layer["of"] as Given | undefined;
    if (of) return { ...layer, of: { ...of, weights: file } };
    return weighty.test(String(layer["layer"])) ? { ...layer, weights: file } : layer;
  }) as PlanInput["network"];

/** Rows of a shape, with nothing to predict. */
function rows(x: Float32Array, shape: number[], width: number) {
  const count = x.length / shape.reduce((n, side) => n * side, 1);
  const { table, ...dataset } = numbers(count, 1, width);
  return { ...dataset, table: { ...table, shape, x } };
}

async function outputs(
  network: PlanInput["network"],
  data: ReturnType<typeof rows>,
  files: Record<string, NamedWeights>,
) {
  const the = plan({ network, data: { validation: null } });
  const stack = new Stack([makeLane(the, { ...data, weights: files }, 1)], onnxRuntime(1));
  const all = Uint32Array.from({ length: data.table.rows }, (_, i) => i);
  const [{ output }] = await stack.outputs([all], all.length);
  await stack.release();
  return output;
}

// By the file: what it predicts, the shape of a row there, and whether channels come first.
const FOREIGN: [file: string, expected: string, shape: number[], first: boolean][] = [
  ...["script", "dynamo"].flatMap((by): [string, string, number[], boolean][] => [
    [`mlp.${by}.onnx`, "mlp", [4], false],
    [`cnn.${by}.onnx`, "cnn", [2, 8, 8], true],
    [`pooled.${by}.onnx`, "pooled", [1, 8, 8], true],
    [`line.${by}.onnx`, "line", [3, 10], true],
    [`branches.${by}.onnx`, "branches", [6], false],
    [`last.${by}.onnx`, "last", [5, 4], false],
    [`both.${by}.onnx`, "both", [5, 4], false],
  ]),
  ...["keras2.keras", "keras2.h5", "keras3.keras", "keras3.h5"].flatMap((by): [string, string, number[], boolean][] => [
    [`images.${by}`, `images.${by.slice(0, 6)}`, [9, 9, 2], false],
    [`sequence.${by}`, `sequence.${by.slice(0, 6)}`, [6, 3], false],
    [`tokens.${by}`, `tokens.${by.slice(0, 6)}`, [5], false],
  ]),
  ["tfjs-mlp/model.json", "tfjs-mlp", [4], false],
  ["tfjs-cnn/model.json", "tfjs-cnn", [8, 8, 2], false],
];

describe("a model of another framework predicts the same", () => {
  it.each(FOREIGN)("%s", async (file, name, shape, first) => {
    const { x, y } = expected[name];
    const path = join(MODELS, file);
    const { layers } = loadModel(path, { loss: true, optimizer: true });
    const rank = shape.length;
    const last = [0, ...Array.from({ length: rank - 1 }, (_, i) => i + 2), 1];
    const own = first ? [...shape.slice(1), shape[0]] : shape;
    const values = first ? permuted(x, [3, ...shape], last) : Float32Array.from(x);
    const network = startingFrom(layers, file);
    const output = await outputs(network, rows(values, own, y.length / 3), { [file]: readWeights(MODELS, file) });
    expect(apart(output, y)).toBeLessThan(1e-5);
  });
});

const network: Given[] = [
  { layer: "conv2d", filters: 3, kernelSize: [3, 2], padding: "same" },
  { layer: "batchNormalization" },
  { layer: "depthwiseConv2d", kernelSize: 2, name: "each" },
  { layer: "reshape", targetShape: [16, 3] },
  { layer: "conv1d", filters: 4, kernelSize: 3, useBias: false },
  { layer: "multiHeadAttention", heads: 2, keyDim: 3 },
  { layer: "layerNormalization" },
  { layer: "bidirectional", of: { layer: "lstm", units: 3, returnSequences: true } },
  { layer: "timeDistributed", of: { layer: "dense", units: 4 } },
  { layer: "gru", units: 5 },
  dense(2),
];
const images = () => rows(normalRows(4, [5, 5, 2]).x, [5, 5, 2], 2);

describe("what is kept", () => {
  const data = images();
  const { resolved } = makeLane(plan({ network: network as PlanInput["network"] }), data, 3);
  const start = startingWeights(resolved.network, 3);
  const kept = namedWeights(resolved.network, (group) => start[resolved.network.groups.indexOf(group)]);

  it("has Keras' names and shapes", () => {
    const shapes = Object.fromEntries(Object.entries(kept).map(([name, { shape }]) => [name, shape]));
    expect(shapes).toMatchObject({
      "conv2d.kernel": [3, 2, 2, 3],
      "conv2d.bias": [3],
      "batch_normalization.moving_mean": [3],
      "each.kernel": [2, 2, 3, 1],
      "conv1d.kernel": [3, 3, 4],
      "multi_head_attention.query.kernel": [4, 2, 3],
      "multi_head_attention.key.bias": [2, 3],
      "multi_head_attention.output.kernel": [2, 3, 4],
      "layer_normalization.gamma": [4],
      "bidirectional.backward.recurrent_kernel": [3, 12],
      "time_distributed.kernel": [6, 4],
      "gru.bias": [2, 15],
      "dense_1.kernel": [5, 2],
    });
  });

  it("starts another seed from the same numbers, by way of a file", async () => {
    const files = { "w.safetensors": readSafetensors(writeSafetensors(kept, { by: "test" })) };
    expect(files["w.safetensors"]).toEqual(kept);
    const from = makeLane(plan({ network: startingFrom(network, "w.safetensors") }), { ...data, weights: files }, 9);
    expect(startingWeights(from.resolved.network, 9)).toEqual(start);
  });

  it.each<[string, object, RegExp]>([
    ["another size", { layer: "dense", units: 2, name: "dense_1" }, /\[5,2\].*\[50,2\]/],
    ["another name", { layer: "dense", units: 2, name: "dense_2" }, /dense_2\.kernel.*dense_1\.kernel/],
  ])("is refused for %s", (_, layer, says) => {
    const flat = [{ layer: "flatten" }, { ...layer, weights: "w" }] as PlanInput["network"];
    const make = () => makeLane(plan({ network: flat }), { ...data, weights: { w: kept } }, 1);
    expect(make).toThrow(UserError);
    expect(make).toThrow(says);
  });
});
