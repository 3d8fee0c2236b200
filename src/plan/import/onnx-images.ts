/** Convolutions and pools of ONNX as layers of a plan. */

import { unsupported } from "./model.ts";
import { numberIn, type OnnxNode, valuesOf } from "./onnx-model.ts";
import { authorsName, BATCH, channelsFirst, channelsLast, ONE, type Rows, same } from "./onnx-values.ts";
import type { Held, Operation, Walk } from "./onnx-walk.ts";
import { list, padding, slid, written } from "./onnx-window.ts";

const nameOf = (node: OnnxNode) => node.name || node.outputs[0];

function sidesOf(walk: Walk, node: OnnxNode): { rows: Rows; sides: Rows["shape"]; rank: number } {
  const rows = walk.rows(node);
  const rank = rows.shape.length;
  if (rank < 2 || rank > 3 || !same(rows.order, channelsFirst(rank)))
    throw unsupported(nameOf(node), node.op, "works on rows that are neither images nor sequences");
  return { rows, sides: rows.shape.slice(0, -1), rank };
}

export const convolution: Operation = (walk, node) => {
  const { rows, sides, rank } = sidesOf(walk, node);
  const kernel = walk.constant(node, 1);
  const bias = node.inputs[2] ? walk.constant(node, 2) : undefined;
  if (!kernel || kernel.dims.length !== rank + 1 || (node.inputs[2] && !bias)) return undefined;
  const [filters, channels, ...size] = kernel.dims;
  const name = authorsName(node, [node.inputs[1], node.inputs[2] ?? ""]);
  const group = numberIn(node, "group", 1);
  const depthwise = group > 1 && group === filters && channels === 1 && rank === 3;
  if (group !== 1 && !depthwise) throw unsupported(nameOf(node), node.op, `works in ${group} groups`);
  const window = { name: name ?? nameOf(node), sides, kernel: size, notes: walk.notes };
  const pads = padding(node, window);
  const ones = size.map(() => 1);
  const fields = {
    layer: depthwise ? "depthwiseConv2d" : rank === 3 ? "conv2d" : "conv1d",
    ...(!depthwise && { filters }),
    kernelSize: written(size),
    strides: written(list(node, "strides", ones)),
    padding: pads,
    dilation: written(list(node, "dilations", ones)),
    ...(!bias && { useBias: false }),
  };
  // ONNX: [filters, channels, …size]; Keras: [...size, channels, filters].
  const perm = [...size.map((_, i) => i + 2), ...(depthwise ? [0, 1] : [1, 0])];
  const held: Held[] = [
    { weight: "kernel", tensor: kernel, lay: { perm } },
    ...(bias ? [{ weight: "bias", tensor: bias, lay: {} }] : []),
  ];
  const piece = walk.add(node, fields, [rows], name, held);
  return { kind: "rows", piece, shape: [...slid(node, window, pads), filters], order: rows.order };
};

export const pool =
  (word: "max" | "average"): Operation =>
  (walk, node) => {
    const { rows, sides, rank } = sidesOf(walk, node);
    const kernel = list(node, "kernel_shape", []);
    const ones = kernel.map(() => 1);
    if (kernel.length !== rank - 1 || list(node, "dilations", ones).some((n) => n !== 1)) return undefined;
    const window = { name: nameOf(node), sides, kernel, notes: walk.notes };
    const pads = padding(node, window);
    const fields = {
      layer: `${word}Pooling${rank - 1}d`,
      poolSize: written(kernel),
      strides: written(list(node, "strides", ones)),
      padding: pads,
    };
    const piece = walk.add(node, fields, [rows]);
    return { kind: "rows", piece, shape: [...slid(node, window, pads), rows.shape.at(-1)!], order: rows.order };
  };

/** One number a channel: as an operation of its own, or as the mean over all sides. */
export const overall =
  (word: "Max" | "Average"): Operation =>
  (walk, node) => {
    const rows = walk.rows(node);
    const rank = rows.shape.length;
    const { attributes, op } = node;
    const listed = walk.constant(node, 1);
    const axes = Array.isArray(attributes["axes"]) ? attributes["axes"] : listed ? Array.from(valuesOf(listed)) : [];
    const gone = op.startsWith("Global")
      ? rows.order.map((_, i) => i).slice(2)
      : axes.map((axis) => (axis < 0 ? axis + rows.order.length : axis));
    const sides = gone.map((i) => rows.order[i]).sort();
    if (rank < 2 || rank > 3 || !same(sides, channelsLast(rank).slice(1, -1))) return undefined;
    const keep = op.startsWith("Global") || numberIn(node, "keepdims", 1) === 1;
    const order = rows.order.map((axis, i) => (gone.includes(i) ? ONE : axis === BATCH ? BATCH : 0));
    const piece = walk.add(node, { layer: `global${word}Pooling${rank - 1}d` }, [rows]);
    const left = keep ? order : order.filter((axis) => axis !== ONE);
    return { kind: "rows", piece, shape: [rows.shape.at(-1)!], order: left };
  };
