/** LSTM, GRU and RNN of ONNX as layers of a plan. */

import { unsupported } from "./model.ts";
import { type OnnxNode, valuesOf } from "./onnx-model.ts";
import { authorsName, BATCH, DIRECTION, ONE, same, type Value } from "./onnx-values.ts";
import type { Held, Walk } from "./onnx-walk.ts";

// Where Keras' gates (i f c o; z r h) stand in ONNX (i o f c; z r h).
const GATES: Record<string, number[]> = { lstm: [0, 2, 3, 1], gru: [0, 1, 2], simpleRNN: [0] };
const WEIGHTS = ["kernel", "recurrent_kernel", "bias"];
const USUAL: Record<string, string[]> = {
  lstm: ["Sigmoid", "Tanh", "Tanh"],
  gru: ["Sigmoid", "Tanh"],
  simpleRNN: ["Tanh"],
};

export const recurrent =
  (layer: "lstm" | "gru" | "simpleRNN") =>
  (walk: Walk, node: OnnxNode): Value => {
    const name = node.name || node.outputs[0];
    const refuse = (what: string) => unsupported(name, node.op, what);
    const rows = walk.rows(node);
    const [direction, layout] = [node.attributes["direction"] ?? "forward", node.attributes["layout"] ?? 0];
    const both = direction === "bidirectional";
    if (direction === "reverse") throw refuse("runs backwards, which is not supported");
    const wanted = layout === 1 ? [BATCH, 0, 1] : [0, BATCH, 1];
    if (!same(rows.order, wanted)) throw refuse("works on rows that are not sequences");
    activations(node, layer, both, refuse);
    // The state that it starts from, of the LSTM two.
    for (const i of [5, 6]) startsAtZero(walk, node, i, refuse);
    const units = walk.constant(node, 2)?.dims.at(-1);
    if (units === undefined || node.attributes["clip"] !== undefined)
      throw refuse("has weights that are not constants");
    const own = { layer, units };
    const fields = both ? { layer: "bidirectional", of: own } : { ...own, returnSequences: false };
    const called = authorsName(node, [])?.replace(/\.\d+$/, "");
    const taken = walk.pieces.some((piece) => piece.fields["name"] === called);
    const held = (both ? ["forward.", "backward."] : [""]).flatMap((direction, part) =>
      WEIGHTS.flatMap((weight, i): Held[] => {
        const tensor = walk.constant(node, i + 1);
        return tensor
          ? [{ weight: direction + weight, tensor, lay: { recurrent: { part, gates: GATES[layer] } } }]
          : [];
      }),
    );
    const piece = walk.add(node, fields, [rows], taken ? undefined : called, held);
    // Whether all its steps are wanted is known when something takes from it.
    const steps = both ? { ...piece, fields: own as Record<string, unknown> } : piece;
    const [time] = rows.shape;
    const order = both ? [0, DIRECTION, BATCH, 1] : [0, ONE, BATCH, 1];
    const batchFirst = both ? [BATCH, 0, DIRECTION, 1] : [BATCH, 0, ONE, 1];
    const last = layout === 1 ? [BATCH, ONE, 0] : [ONE, BATCH, 0];
    if (node.outputs[1] && !both)
      walk.values.set(node.outputs[1], { kind: "rows", piece, shape: [units], order: last });
    return { kind: "rows", piece, shape: [time, units], order: layout === 1 ? batchFirst : order, steps };
  };

function activations(node: OnnxNode, layer: string, both: boolean, refuse: (what: string) => Error): void {
  const given = node.attributes["activations"];
  if (typeof given !== "string") return;
  const usual = both ? [...USUAL[layer], ...USUAL[layer]] : USUAL[layer];
  if (given.toLowerCase() !== usual.join(",").toLowerCase())
    throw refuse(`has the activations ${given}, which are not supported`);
}

function startsAtZero(walk: Walk, node: OnnxNode, i: number, refuse: (what: string) => Error): void {
  const value = walk.values.get(node.inputs[i] ?? "");
  if (!value || value.kind === "zeros") return;
  const zero = value.kind === "constant" && Array.from(valuesOf(value.tensor)).every((n) => n === 0);
  if (!zero) throw refuse("starts from a state of its own, which is not supported");
}
