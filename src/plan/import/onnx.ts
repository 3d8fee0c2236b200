/** Reads an ONNX model, such as torch.onnx.export writes, as the layers that a user would have written. */

import { UserError } from "../../user-error.ts";
import { count } from "../../words.ts";
import { chained, sorted } from "./chain.ts";
import { type Imported, type Piece, unsupported } from "./model.ts";
import { type OnnxModel, readOnnx } from "./onnx-model.ts";
import { OPERATIONS } from "./onnx-operations.ts";
import { sizes } from "./onnx-sizes.ts";
import { channelsFirst, channelsLast, type Size } from "./onnx-values.ts";
import { type Held, Walk } from "./onnx-walk.ts";

/** `held`: the weights of the pieces, by their name there. */
type Read = Imported & { pieces: Piece[]; held: Map<string, Held[]> };

const DATA: Piece = { name: "input", fields: { layer: "input" }, from: [] };

export function readNetwork(bytes: Uint8Array): Read {
  const model = readOnnx(bytes);
  const [input] = model.inputs;
  if (model.inputs.length !== 1)
    throw new UserError(
      `the model has ${count(model.inputs.length, "input")}, but a plan has one.`,
      "Export the part with one input.",
    );
  if (model.outputs.length !== 1)
    throw new UserError(
      `the model has ${count(model.outputs.length, "output")}, but a plan has one.`,
      "Export the part with one output.",
    );
  const sides = input.shape.slice(1);
  const first = channelsFirst(sides.length);
  const last = channelsLast(sides.length);
  // Whether rows of rank 2 are steps or channels first, only the layers show; images that are channels last are turned first.
  const attempts = sides.length < 2 ? [last] : sides.length === 2 ? [last, first] : [first, last];
  let refused: unknown;
  for (const order of attempts) {
    try {
      return walked(model, order, sides.length !== 2 || order === last);
    } catch (error) {
      refused ??= error;
    }
  }
  throw refused;
}

function walked(model: OnnxModel, order: number[], stepsFirst: boolean): Read {
  const walk = new Walk(model, stepsFirst);
  const [{ name, shape }] = model.inputs;
  const own: Size[] = [];
  order.forEach((axis, i) => {
    if (axis >= 0) own[axis] = shape[i];
  });
  walk.values.set(name, { kind: "rows", piece: DATA, shape: own, order });
  for (const node of model.nodes) {
    const inputs = node.inputs.map((input) => walk.values.get(input));
    const operation = Object.hasOwn(OPERATIONS, node.op) ? OPERATIONS[node.op] : undefined;
    const made =
      sizes(node, inputs) ?? (node.domain === "" || node.domain === "ai.onnx" ? operation?.(walk, node) : undefined);
    if (!made) throw unsupported(node.name || node.outputs[0] || "without a name", node.op);
    walk.values.set(node.outputs[0], made);
  }
  const output = walk.values.get(model.outputs[0]);
  if (output?.kind !== "rows" || output.piece === DATA)
    throw new UserError("the output of the model does not depend on its input.", "Export the network again.");
  if (output.steps) output.steps.fields["returnSequences"] = true;
  const pieces = sorted(walk.pieces, output.piece.name);
  return {
    layers: chained(pieces),
    pieces,
    training: {},
    notes: [...walk.notes, ...(model.producer === "pytorch" ? gone(walk, output.piece) : [])],
    held: walk.held,
    input: own,
  };
}

/** What PyTorch's export does not hold. */
function gone({ pieces }: Walk, { fields }: Piece): string[] {
  const kinds = pieces.map((piece) => String(piece.fields["layer"]));
  const whole = kinds.includes("dropout") || kinds.includes("batchNormalization");
  const logits = (fields["activation"] ?? "linear") === "linear" && Number(fields["units"]) > 1;
  return [
    ...(whole
      ? []
      : [
          "An ONNX model is exported for prediction: dropout, and batch normalization after a convolution, may be missing.",
        ]),
    ...(logits
      ? [
          'Its last layer has no activation: if it was trained with CrossEntropyLoss, write "loss": { "name": "sparseCategoricalCrossentropy", "fromLogits": true }.',
        ]
      : []),
  ];
}

export function importOnnx(bytes: Uint8Array): Imported {
  const { layers, training, notes, input } = readNetwork(bytes);
  return { layers, training, notes, input };
}
