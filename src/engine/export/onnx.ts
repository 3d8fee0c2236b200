/** The trained network as an ONNX model for prediction: raw rows go in, predictions of the plan's target come out. */

import type { Dataset } from "../../data/dataset.ts";
import type { Scale } from "../../data/scale.ts";
import type { NamedWeights } from "../../weights.ts";
import { EVALUATE, forward } from "../forward.ts";
import * as b from "../graph/build.ts";
import { Graph, type Tensor } from "../graph/graph.ts";
import type { Lane } from "../lane.ts";
import { onnxModel } from "../onnx.ts";
import { key, type Setup } from "../setup.ts";
import { weightTensors } from "../weights.ts";
import { type Compiled, freed } from "./free.ts";

// Two primes as numbers of rows: a size of the network that happens to equal one of them is the same in both graphs.
const ROWS = [101, 103] as const;

/**
 * Inputs "input": rows × the features (images: height × width × channels) as in the file, missing values NaN; output "output":
 * probabilities, or numbers in the units of the file. A decoder with teacher forcing has a second input, "given": rows × steps, the tokens predicted
 * so far and 0 for the others; run it once for each step. The names of features and classes are in the model's metadata.
 */
export function inferenceModel(lane: Lane, dataset: Dataset, weights: NamedWeights): Uint8Array {
  const [small, large] = ROWS.map((rows) => compiled(lane, weights, rows));
  const { g, inputs, output } = freed(small, large);
  const [input, given] = inputs;
  const { table } = dataset;
  const classes = table.target.kind === "classes" ? table.target.names : [];
  return onnxModel(g, { input, ...(given && { given }) }, { output }, small.named, {
    features: JSON.stringify(table.features),
    target: JSON.stringify(table.target.columns),
    ...(classes.length > 0 && { classes: JSON.stringify(classes) }),
    ...(table.target.kind === "tokens" && { tokens: JSON.stringify(table.target.words) }),
    task: dataset.task,
    seed: String(lane.seed),
  });
}

function compiled(lane: Lane, weights: NamedWeights, rows: number): Compiled & { named: Map<Float32Array, string> } {
  const { data, resolved, plan } = lane;
  const { network, loss } = resolved;
  const g = new Graph();
  const input = g.input([rows, ...data.shape]);
  const picked = g.input([rows], "int32");
  const named = new Map<Float32Array, string>();
  const tensors = new Map<string, Tensor>();
  for (const { layer, name, shape, values, kerasName } of weightTensors(network, weights)) {
    named.set(values, kerasName);
    tensors.set(key(layer, name), g.constant(values, shape));
  }
  const setup: Setup = {
    plan,
    network,
    loss,
    stack: 1,
    rows,
    filled: false,
    inputShape: data.shape,
    binaryTargets: false,
    targetsSumToOne: false,
    targetWidth: data.width,
    tokens: data.tokens !== null,
  };
  const x = prepared(g, input, lane);
  const inputs = { g, x, y: input, picked, target: input, groups: new Map(), weights: tensors };
  const given = network.teacherForced ? [g.input([rows, data.width])] : [];
  const { output } = forward(setup, inputs, { ...EVALUATE, ...(network.teacherForced && { teacherForced: given[0] }) });
  const shaped = b.reshape(g, output, [rows, ...network.shape]);
  return { g, rows, inputs: [input, ...given], picked, output: unscaled(g, shaped, data.targetScale), named };
}

/** Imputes missing values and scales columns, as the training rows were. */
function prepared(g: Graph, input: Tensor, { data: { fill, inputScale } }: Lane): Tensor {
  const x = fill
    ? b.where(g, g.add("IsNaN", [input], { shape: input.shape, dtype: "bool" }), numbers(g, fill), input)
    : input;
  return scaled(g, x, inputScale);
}

const numbers = (g: Graph, values: readonly number[]): Tensor =>
  values.length === 1 ? g.scalar(values[0]) : g.constant(Float32Array.from(values), [values.length]);

function scaled(g: Graph, x: Tensor, { kind, shift, factor }: Scale): Tensor {
  if (kind === "none") return x;
  // In two parts, so that no digits of a large shift are lost to single precision.
  const rest = shift.map((value) => value - Math.fround(value));
  const parts = [shift, rest].filter((part) => part.some((value) => value !== 0));
  const moved = parts.reduce((tensor, part) => b.sub(g, tensor, numbers(g, part)), x);
  return factor.every((value) => value === 1) ? moved : b.div(g, moved, numbers(g, factor));
}

function unscaled(g: Graph, y: Tensor, { kind, shift, factor }: Scale): Tensor {
  return kind === "none" ? y : b.add(g, b.mul(g, y, numbers(g, factor)), numbers(g, shift));
}
