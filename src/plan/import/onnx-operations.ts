/** What each operation of ONNX is as a layer of a plan. */

import { leaking } from "./keras-values.ts";
import { shortest, unsupported } from "./model.ts";
import { convolution, overall, pool } from "./onnx-images.ts";
import { countOf, numberIn, type OnnxNode, type OnnxTensor, valuesOf } from "./onnx-model.ts";
import { recurrent } from "./onnx-recurrent.ts";
import { flatten, gather, reshape, squeeze, transpose, unsqueeze } from "./onnx-shapes.ts";
import { authorsName, type Rows, same, type Value } from "./onnx-values.ts";
import type { Held, Operation, Walk } from "./onnx-walk.ts";

const nameOf = (node: OnnxNode) => node.name || node.outputs[0];

/** Weights times rows, plus a bias: Gemm, or MatMul with an Add that may follow. */
const dense: Operation = (walk, node) => {
  const rows = walk.rows(node);
  const kernel = walk.constant(node, 1);
  const bias = node.inputs[2] ? walk.constant(node, 2) : undefined;
  const plain =
    numberIn(node, "alpha", 1) === 1 && numberIn(node, "beta", 1) === 1 && numberIn(node, "transA", 0) === 0;
  if (kernel?.dims.length !== 2 || !plain || (node.inputs[2] && !bias))
    throw unsupported(nameOf(node), node.op, "multiplies something other than rows and weights");
  if (rows.order.at(-1) !== rows.shape.length - 1)
    throw unsupported(nameOf(node), node.op, "multiplies along an axis other than the last");
  const turned = numberIn(node, "transB", 0) === 1;
  const units = kernel.dims[turned ? 0 : 1];
  const held: Held[] = [
    {
      weight: "kernel",
      tensor: kernel,
      lay: { ...(turned && { perm: [1, 0] }), ...(rows.flat && { rows: rows.flat }) },
    },
    ...(bias ? [{ weight: "bias", tensor: bias, lay: {} }] : []),
  ];
  const name = authorsName(node, [node.inputs[1], node.inputs[2] ?? ""]);
  const piece = walk.add(node, { layer: "dense", units, ...(!bias && { useBias: false }) }, [rows], name, held);
  return { kind: "rows", piece, shape: [...rows.shape.slice(0, -1), units], order: rows.order };
};

function addBias(walk: Walk, node: OnnxNode, rows: Rows, bias: OnnxTensor, from: string): Value | undefined {
  const { fields } = rows.piece;
  const fits = fields["layer"] === "dense" && fields["useBias"] === false && !("activation" in fields);
  if (!fits || walk.uses(from) !== 1 || countOf(bias) !== fields["units"]) return undefined;
  delete fields["useBias"];
  walk.held.get(rows.piece.name)?.push({ weight: "bias", tensor: bias, lay: {} });
  fields["name"] ??= authorsName(node, node.inputs);
  if (fields["name"] === undefined) delete fields["name"];
  return rows;
}

const sum: Operation = (walk, node) => {
  const constant = node.inputs.findIndex((_, i) => walk.constant(node, i));
  if (constant >= 0) {
    const rows = walk.rows(node, 1 - constant);
    return addBias(walk, node, rows, walk.constant(node, constant)!, node.inputs[1 - constant]);
  }
  const parts = node.inputs.map((_, i) => walk.rows(node, i));
  if (!parts.every(({ order }) => same(order, parts[0].order))) return undefined;
  const piece = walk.add(node, { layer: "add" }, parts, authorsName(node, []));
  return { kind: "rows", piece, shape: parts[0].shape, order: parts[0].order };
};

const concat: Operation = (walk, node) => {
  const parts = node.inputs.map((_, i) => walk.rows(node, i));
  const [first] = parts;
  const last = first.shape.length - 1;
  const axis = first.order.at(numberIn(node, "axis", 0));
  if (axis !== last || !parts.every(({ order }) => same(order, first.order)))
    throw unsupported(nameOf(node), node.op, "joins along an axis other than that of the features");
  const total = parts.reduce((n, { shape }) => n + (shape[last] ?? Number.NaN), 0);
  const piece = walk.add(node, { layer: "concatenate" }, parts, authorsName(node, []));
  return {
    kind: "rows",
    piece,
    shape: [...first.shape.slice(0, -1), Number.isNaN(total) ? null : total],
    order: first.order,
  };
};

/** An activation is a field of the layer before it, where nothing else takes from that layer. */
function activated(walk: Walk, node: OnnxNode, activation: string, uses = 1): Value {
  const rows = walk.rows(node);
  const { fields } = rows.piece;
  const open = "units" in fields || "filters" in fields || fields["layer"] === "depthwiseConv2d";
  const recurring = "returnSequences" in fields || fields["layer"] === "bidirectional";
  if (open && !recurring && !("activation" in fields) && rows.piece.name && walk.uses(node.inputs[0]) === uses) {
    fields["activation"] = activation;
    return rows;
  }
  const piece = walk.add(node, { layer: "activation", activation }, [rows], authorsName(node, []));
  return { ...rows, piece, steps: undefined };
}

const activation =
  (name: string): Operation =>
  (walk, node) =>
    activated(walk, node, name);

const softmax: Operation = (walk, node) => {
  const rows = walk.rows(node);
  if (rows.order.at(numberIn(node, "axis", -1)) !== rows.shape.length - 1)
    throw unsupported(nameOf(node), node.op, "runs along an axis other than that of the features");
  if (node.op === "LogSoftmax")
    walk.notes.push(`Layer ${nameOf(node)} (LogSoftmax) is read as softmax: with cross-entropy they train alike.`);
  return activated(walk, node, "softmax");
};

/** x · sigmoid(x) is swish. */
const product: Operation = (walk, node) => {
  const [a, b] = [walk.rows(node, 0), walk.rows(node, 1)];
  for (const [gate, other, i] of [
    [b, a, 1],
    [a, b, 0],
  ] as const) {
    const { fields, from } = gate.piece;
    const swish =
      fields["layer"] === "activation" && fields["activation"] === "sigmoid" && from[0] === other.piece.name;
    if (!swish || walk.uses(node.inputs[i]) !== 1) continue;
    walk.pieces.splice(walk.pieces.indexOf(gate.piece), 1);
    return activated(walk, { ...node, inputs: [node.inputs[1 - i]] }, "swish", 2);
  }
  return undefined;
};

const leaky: Operation = (walk, node) => {
  leaking(numberIn(node, "alpha", 0.01), nameOf(node), node.op, walk.notes);
  return activated(walk, node, "leakyRelu");
};

const clip: Operation = (walk, node) => {
  const [low, high] = [1, 2].map((i) => walk.constant(node, i)).map((tensor) => tensor && valuesOf(tensor)[0]);
  return low === 0 && high === undefined ? activated(walk, node, "relu") : undefined;
};

const normalization =
  (layer: "batchNormalization" | "layerNormalization"): Operation =>
  (walk, node) => {
    const rows = walk.rows(node);
    const batch = layer === "batchNormalization";
    if (!batch && rows.order.at(numberIn(node, "axis", -1)) !== rows.shape.length - 1) return undefined;
    const name = authorsName(node, node.inputs.slice(1, 3));
    const fields = {
      layer,
      ...(batch && { momentum: shortest(numberIn(node, "momentum", 0.9)) }),
      epsilon: shortest(numberIn(node, "epsilon", 1e-5)),
    };
    const held = ["gamma", "beta", "moving_mean", "moving_variance"].flatMap((weight, i): Held[] => {
      const tensor = walk.constant(node, i + 1);
      return tensor ? [{ weight, tensor, lay: {} }] : [];
    });
    return { ...rows, piece: walk.add(node, fields, [rows], name, held), steps: undefined };
  };

const dropout: Operation = (walk, node) => {
  const rows = walk.rows(node);
  const ratio = walk.constant(node, 1);
  const rate = shortest(ratio ? valuesOf(ratio)[0] : numberIn(node, "ratio", 0.5));
  if (rate === 0) return rows;
  return { ...rows, piece: walk.add(node, { layer: "dropout", rate }, [rows]), steps: undefined };
};

const constant: Operation = (_walk, node) => {
  const { value, value_int, value_ints, value_float } = node.attributes;
  if (typeof value === "object" && !Array.isArray(value)) return { kind: "constant", tensor: value };
  const listed = Array.isArray(value_ints)
    ? value_ints
    : [value_int ?? value_float].filter((n) => typeof n === "number");
  const dims = Array.isArray(value_ints) ? [listed.length] : [];
  return { kind: "constant", tensor: { name: "", dims, type: 7, raw: new Uint8Array(), listed, external: null } };
};

const unchanged: Operation = (walk, node) => walk.values.get(node.inputs[0]);

export const OPERATIONS: Record<string, Operation> = {
  Gemm: dense,
  MatMul: dense,
  Add: sum,
  Mul: product,
  Concat: concat,
  Conv: convolution,
  MaxPool: pool("max"),
  AveragePool: pool("average"),
  GlobalMaxPool: overall("Max"),
  GlobalAveragePool: overall("Average"),
  ReduceMean: overall("Average"),
  ReduceMax: overall("Max"),
  BatchNormalization: normalization("batchNormalization"),
  LayerNormalization: normalization("layerNormalization"),
  Dropout: dropout,
  Relu: activation("relu"),
  LeakyRelu: leaky,
  Elu: activation("elu"),
  Selu: activation("selu"),
  Gelu: activation("gelu"),
  Swish: activation("swish"),
  Sigmoid: activation("sigmoid"),
  HardSigmoid: activation("hardSigmoid"),
  Tanh: activation("tanh"),
  Softplus: activation("softplus"),
  Softsign: activation("softsign"),
  Softmax: softmax,
  LogSoftmax: softmax,
  Clip: clip,
  Flatten: flatten,
  Reshape: reshape,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Gather: gather,
  LSTM: recurrent("lstm"),
  GRU: recurrent("gru"),
  RNN: recurrent("simpleRNN"),
  Constant: constant,
  Identity: unchanged,
  Cast: unchanged,
};
