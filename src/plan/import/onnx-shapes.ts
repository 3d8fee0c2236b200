/** Operations of ONNX that move numbers without changing them: which of them are layers of a plan, and which only turn axes. */

import { type Piece, unsupported } from "./model.ts";
import { type OnnxNode, valuesOf } from "./onnx-model.ts";
import { listOf } from "./onnx-sizes.ts";
import {
  authorsName,
  BATCH,
  channelsFirst,
  channelsLast,
  DIRECTION,
  ONE,
  product,
  type Rows,
  type Size,
  same,
  sizesOf,
  type Value,
} from "./onnx-values.ts";
import type { Walk } from "./onnx-walk.ts";

const nameOf = (node: OnnxNode) => node.name || node.outputs[0];

/** The rows with the piece that is added for them. */
function flattened(walk: Walk, node: OnnxNode, rows: Rows): Value {
  const real = rows.order.filter((axis) => axis !== ONE);
  if (real.length === 2 && rows.shape.length === 1) return { ...rows, order: [BATCH, 0] };
  if (real[0] !== BATCH) throw unsupported(nameOf(node), node.op, "mixes the rows of a batch");
  if (rows.steps) rows.steps.fields["returnSequences"] = true;
  const piece = walk.add(node, { layer: "flatten" }, [rows], authorsName(node, []));
  const flat = { shape: rows.shape, order: real.slice(1) };
  return { kind: "rows", piece, shape: [product(rows.shape)], order: [BATCH, 0], flat };
}

export function flatten(walk: Walk, node: OnnxNode): Value {
  const axis = node.attributes["axis"] ?? 1;
  if (axis !== 1) throw unsupported(nameOf(node), node.op, `flattens from axis ${axis} on`);
  return flattened(walk, node, walk.rows(node, 0, true));
}

export function reshape(walk: Walk, node: OnnxNode): Value {
  const rows = walk.rows(node, 0, true);
  const target = listOf(walk.values.get(node.inputs[1])) ?? [];
  const before = sizesOf(rows);
  const at = rows.order.indexOf(BATCH);
  const wanted = target.map((n, i) => (i === at ? null : n === 0 ? before[i] : n));
  if (rows.order.includes(DIRECTION)) return joined(node, rows, wanted);
  const real = rows.order.filter((axis) => axis !== ONE);
  const held = sizesOf({ ...rows, order: real });
  const kept = wanted.length === real.length && wanted.every((n, i) => n === null || n === -1 || n === held[i]);
  if (kept && real.length < rows.order.length) return { ...rows, order: real };
  if (at !== 0 || wanted.length === 0) throw unsupported(nameOf(node), node.op, "mixes the rows of a batch");
  const rest = wanted.slice(1);
  const known = product(rest.filter((n) => n !== -1));
  const whole = product(rows.shape);
  const sizes = rest.map((n): Size => (n === -1 ? (whole === null || known === null ? null : whole / known) : n));
  if (sizes.length === 1) return flattened(walk, node, rows);
  return shaped(walk, node, rows, sizes);
}

/** The two directions side by side, as Keras' Bidirectional gives them. */
function joined(node: OnnxNode, rows: Rows, wanted: readonly Size[]): Value {
  const at = rows.order.indexOf(DIRECTION);
  if (rows.order[at + 1] !== rows.shape.length - 1 || wanted.length !== rows.order.length - 1)
    throw unsupported(nameOf(node), node.op, "does not put the two directions side by side");
  return { ...rows, order: rows.order.filter((axis) => axis !== DIRECTION), shape: widened(rows.shape) };
}

const widened = (shape: readonly Size[]): Size[] =>
  shape.map((size, i) => (i === shape.length - 1 && size !== null ? 2 * size : size));

/** Rows in another shape: nothing is done where only axes of length 1 come or go. */
function shaped(walk: Walk, node: OnnxNode, rows: Rows, sizes: readonly Size[]): Value {
  if (same(sizes as number[], sizesOf(rows).slice(1) as number[])) return rows;
  const vector = rows.shape.length === 1 && sizes.filter((size) => size !== 1).length <= 1;
  // After pooling over all sides the channels stand alone, however many 1s are beside them.
  if (vector && rows.piece.fields["layer"]?.toString().startsWith("global"))
    return { ...rows, order: [BATCH, ...sizes.map((size) => (size === 1 ? ONE : 0))] };
  if (rows.steps) rows.steps.fields["returnSequences"] = true;
  const rank = sizes.length;
  const turned = rank === 3 || (rank === 2 && !walk.stepsFirst);
  const order = turned ? channelsFirst(rank) : channelsLast(rank);
  const shape: Size[] = [];
  order.slice(1).forEach((axis, i) => {
    shape[axis] = sizes[i];
  });
  // Where several axes swap places the numbers would get another order, which only a layer's weights can make up for.
  const moves = turned && shape.at(-1) !== 1 && (rows.piece.name === "input" || rows.shape.length > 1);
  if (moves || shape.some((size) => size === null))
    throw unsupported(nameOf(node), node.op, `makes rows of [${sizes.map((n) => n ?? "?")}], which is not supported`);
  const piece = walk.add(node, { layer: "reshape", targetShape: shape }, [rows], authorsName(node, []));
  return { kind: "rows", piece, shape, order };
}

function axesOf(walk: Walk, node: OnnxNode): number[] {
  const { axes } = node.attributes;
  const tensor = walk.constant(node, 1);
  return Array.isArray(axes) ? axes : tensor ? Array.from(valuesOf(tensor)) : [];
}

export function squeeze(walk: Walk, node: OnnxNode): Value | undefined {
  const rows = walk.rows(node, 0, true);
  const sizes = sizesOf(rows);
  const given = axesOf(walk, node).map((axis) => (axis < 0 ? axis + sizes.length : axis));
  const axes = given.length > 0 ? given : sizes.flatMap((size, i) => (size === 1 ? [i] : []));
  const order = rows.order.filter((_, i) => !axes.includes(i));
  if (axes.every((i) => rows.order[i] === ONE)) return { ...rows, order };
  if (axes.some((i) => sizes[i] !== 1) || rows.order[0] !== BATCH || axes.includes(0)) return undefined;
  const left = sizes.filter((_, i) => !axes.includes(i)).slice(1);
  // The scores of one unit without their axis: what follows is no layer.
  if (left.length === 0) return { ...rows, order: [BATCH, ONE].slice(0, 1).concat(0) };
  return left.length === 1 ? flattened(walk, node, rows) : shaped(walk, node, rows, left);
}

export function unsqueeze(walk: Walk, node: OnnxNode): Value | undefined {
  const rows = walk.rows(node, 0, true);
  const sizes = sizesOf(rows);
  const rank = sizes.length + axesOf(walk, node).length;
  const axes = axesOf(walk, node).map((axis) => (axis < 0 ? axis + rank : axis));
  if (rows.order[0] !== BATCH || axes.includes(0)) return undefined;
  const left = sizes.slice(1);
  for (const axis of axes.toSorted((a, b) => a - b)) left.splice(axis - 1, 0, 1);
  return shaped(walk, node, rows, left);
}

export function transpose(walk: Walk, node: OnnxNode): Value {
  const rows = walk.rows(node, 0, true);
  const { perm } = node.attributes;
  const turned = Array.isArray(perm) && perm.length > 0 ? perm : rows.order.map((_, i) => rows.order.length - 1 - i);
  if (turned.length !== rows.order.length || new Set(turned).size !== turned.length)
    throw unsupported(nameOf(node), node.op, "permutes axes that do not exist");
  return { ...rows, order: turned.map((axis) => rows.order[axis]) };
}

/** The last step of a recurrent layer; or the vectors that numbers stand for. */
export function gather(walk: Walk, node: OnnxNode): Value | undefined {
  const table = walk.constant(node, 0);
  if (table) return embedding(walk, node, table.dims, node.inputs[0]);
  const rows = walk.rows(node, 0, true);
  const axis = typeof node.attributes["axis"] === "number" ? node.attributes["axis"] : 0;
  const at = axis < 0 ? axis + rows.order.length : axis;
  const index = listOf(walk.values.get(node.inputs[1]))?.[0];
  const order = rows.order.filter((_, i) => i !== at);
  if (rows.order[at] === ONE) return { ...rows, order };
  const last = index === -1 || (typeof rows.shape[0] === "number" && index === rows.shape[0] - 1);
  if (!rows.steps || rows.order[at] !== 0 || !last) return undefined;
  const { piece } = rows;
  if (piece.fields["layer"] === "bidirectional")
    throw unsupported(
      nameOf(node),
      node.op,
      "uses the last step for both directions, where Keras uses the last of each",
    );
  return {
    kind: "rows",
    piece: lastOf(piece),
    shape: rows.shape.slice(1),
    order: order.map((i) => (i > 0 ? i - 1 : i)),
  };
}

/** A layer of which the last step is taken gives no other: whoever asks for the others too finds them gone. */
function lastOf(piece: Piece): Piece {
  if (piece.fields["returnSequences"] === true)
    throw unsupported(
      String(piece.fields["name"] ?? piece.name),
      String(piece.fields["layer"]),
      "outputs both its last step and all steps",
    );
  return piece;
}

function embedding(walk: Walk, node: OnnxNode, dims: readonly number[], table: string): Value | undefined {
  const rows = walk.rows(node, 1);
  if (dims.length !== 2 || rows.order[0] !== BATCH) return undefined;
  const [inputDim, outputDim] = dims;
  const tensor = walk.constant(node, 0)!;
  const held = [{ weight: "embeddings", tensor, lay: {} }];
  const piece = walk.add(node, { layer: "embedding", inputDim, outputDim }, [rows], authorsName(node, [table]), held);
  const shape = [...rows.shape, outputDim];
  return { kind: "rows", piece, shape, order: channelsLast(shape.length) };
}
