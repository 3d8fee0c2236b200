/** A network under construction, as the operations of an ONNX model are followed one by one. */

import { type Piece, refuseMany, unsupported } from "./model.ts";
import type { OnnxModel, OnnxNode, OnnxTensor } from "./onnx-model.ts";
import type { Rows, Value } from "./onnx-values.ts";

/** A tensor of weights of a layer, and how its numbers come to lie as Keras has them. */
export type Held = { weight: string; tensor: OnnxTensor; lay: Lay };
/** `perm`: its axes in their new order; `rows`: the order in which a flattened image is counted; `recurrent`: a direction, and its gates in Keras' order. */
export type Lay = {
  perm?: number[];
  rows?: NonNullable<Rows["flat"]>;
  recurrent?: { part: number; gates: readonly number[] };
};

export type Operation = (walk: Walk, node: OnnxNode) => Value | undefined;

/** A network under construction. */
export class Walk {
  readonly pieces: Piece[] = [];
  readonly notes: string[] = [];
  readonly held = new Map<string, Held[]>();
  readonly values = new Map<string, Value>();
  /** How rows of rank 2 lie in ONNX: [steps, features], or [channels, steps]. */
  readonly stepsFirst: boolean;
  readonly #uses = new Map<string, number>();

  constructor(model: OnnxModel, stepsFirst: boolean) {
    this.stepsFirst = stepsFirst;
    for (const name of [...model.nodes.flatMap(({ inputs }) => inputs), ...model.outputs])
      this.#uses.set(name, (this.#uses.get(name) ?? 0) + 1);
    for (const [name, tensor] of model.constants) this.values.set(name, { kind: "constant", tensor });
  }

  uses(name: string): number {
    return this.#uses.get(name) ?? 0;
  }

  /** The rows that a node is given; a recurrent layer that is asked for more than its last step gives them all. */
  rows(node: OnnxNode, i = 0, last = false): Rows {
    const value = this.values.get(node.inputs[i] ?? "");
    if (value?.kind !== "rows")
      throw unsupported(node.name || node.outputs[0], node.op, "works on no rows of the data, which is not supported");
    if (value.steps && !last) value.steps.fields["returnSequences"] = true;
    return value;
  }

  constant(node: OnnxNode, i: number): OnnxTensor | undefined {
    const value = this.values.get(node.inputs[i] ?? "");
    return value?.kind === "constant" ? value.tensor : undefined;
  }

  /** A layer that takes from others; the author's name of it, where there is one. */
  add(
    node: OnnxNode,
    fields: Record<string, unknown>,
    from: readonly Rows[],
    name?: string,
    held: readonly Held[] = [],
  ): Piece {
    if (name !== undefined && this.pieces.some((piece) => piece.fields["name"] === name))
      throw unsupported(name, node.op, "is used more than once (shared weights), which is not supported");
    refuseMany(this.pieces.length);
    const { layer, ...rest } = fields;
    const piece: Piece = {
      name: node.outputs[0],
      fields: { layer, ...(name !== undefined && { name }), ...rest },
      from: from.map((rows) => rows.piece.name),
    };
    this.pieces.push(piece);
    if (held.length > 0) this.held.set(piece.name, [...held]);
    return piece;
  }
}
