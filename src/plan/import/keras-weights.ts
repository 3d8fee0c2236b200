/** The weights of .keras and .h5 files under the names that a plan has for them: `<layer>.<weight>`. */

import { value } from "../../text.ts";
import { UserError } from "../../user-error.ts";
import type { NamedWeights } from "../../weights.ts";
import { count } from "../../words.ts";
import { layerNames } from "../describe.ts";
import type { Piece, Variable } from "./model.ts";

type Fields = Record<string, unknown>;
/** A weight as the layer that has it knows it; `at` is below the place of the layer. */
export type Own = Pick<Variable, "weight" | "own" | "at" | "trained">;

const RECURRENT = ["simpleRNN", "lstm", "gru"];
const ATTENTION = ["query", "key", "value", "output"];

const listed = (names: readonly string[], at: string, trained = true, first = 0): Own[] =>
  names.map((own, i) => ({ weight: own, own, at: `${at}/${first + i}`, trained }));

const within = (prefix: string, at: string, own: readonly Own[]): Own[] =>
  own.map((variable) => ({ ...variable, weight: prefix + variable.weight, at: `${at}/${variable.at}` }));

/** What Keras keeps of a layer, in the order in which it makes the weights. */
export function variablesOf(fields: Fields): Own[] {
  const made = whenTrained(fields);
  return fields["trainable"] === false ? made.map((variable) => ({ ...variable, trained: false })) : made;
}

function whenTrained(fields: Fields): Own[] {
  const layer = String(fields["layer"]);
  const bias = fields["useBias"] === false ? [] : ["bias"];
  const of = fields["of"] as Fields;
  if (RECURRENT.includes(layer)) return listed(["kernel", "recurrent_kernel", ...bias], "cell/vars");
  switch (layer) {
    case "dense":
    case "conv1d":
    case "conv2d":
    case "depthwiseConv2d":
      return listed(["kernel", ...bias], "vars");
    case "embedding":
      return listed(["embeddings"], "vars");
    case "layerNormalization":
    case "batchNormalization": {
      const learnt = bias.length > 0 ? ["gamma", "beta"] : ["gamma"];
      const moving = layer === "batchNormalization" ? ["moving_mean", "moving_variance"] : [];
      return [...listed(learnt, "vars"), ...listed(moving, "vars", false, learnt.length)];
    }
    case "multiHeadAttention":
      return ATTENTION.flatMap((part) => within(`${part}.`, `${part}_dense`, listed(["kernel", ...bias], "vars")));
    case "bidirectional":
      return ["forward", "backward"].flatMap((way) => within(`${way}.`, `${way}_layer`, variablesOf(of)));
    case "timeDistributed":
      return within("", "layer", variablesOf(of));
    default:
      return [];
  }
}

// Keras 2 hides some of these names behind an underscore, Windows turns the strokes.
const plain = (path: string): string =>
  path
    .split(/[/\\]/)
    .map((part) => (part === "_layer_checkpoint_dependencies" ? "layers" : part.replace(/^_/, "")))
    .join("/");

type Network = { layers: readonly Fields[]; pieces: readonly Piece[] };

function named({ layers, pieces }: Network, find: (variable: Variable) => NamedWeights[string] | undefined) {
  const names = layerNames(layers as { layer: string; name?: string }[]);
  const weights: NamedWeights = {};
  for (const [i, { kept = [] }] of pieces.entries())
    for (const variable of kept) {
      const found = find(variable);
      // A layer that asks for a missing weight is refused by name.
      if (found) weights[`${names[i]}.${variable.weight}`] = found;
    }
  return weights;
}

/** @param tensors those of model.weights.h5 in a .keras file, by their path. */
export function kerasWeights(network: Network, tensors: NamedWeights): NamedWeights {
  const byPath = new Map(Object.entries(tensors).map(([path, tensor]) => [plain(path), tensor]));
  return named(network, ({ at }) => byPath.get(at));
}

/** @param tensors those of an .h5 file, by their path; `names`: in their order the weights of a group. */
export function legacyWeights(
  network: Network,
  tensors: NamedWeights,
  names: (group: string) => readonly string[],
): NamedWeights {
  const all = network.pieces.flatMap(({ kept = [] }) => kept);
  const paths = new Map<Variable, string>();
  for (const group of new Set(all.map((variable) => variable.group))) {
    const own = all.filter((variable) => variable.group === group);
    // Keras writes what is trained before what is not.
    const ordered = [...own.filter(({ trained }) => trained), ...own.filter(({ trained }) => !trained)];
    const given = names(group);
    if (given.length > 0 && given.length !== ordered.length)
      throw new UserError(
        `layer ${group} has ${count(given.length, "weight")} in the file, but ${ordered.length} according to its configuration.`,
        "Save the model again.",
      );
    for (const [i, name] of given.entries()) {
      const last = name.replace(/:\d+$/, "").split("/").at(-1)!;
      if (last.replace(/^(?:depthwise|pointwise)_/, "") !== ordered[i].own)
        throw new UserError(
          `layer ${group} stores ${value(name)} where its ${ordered[i].own} is expected.`,
          "Save it as a .keras file.",
        );
      paths.set(ordered[i], `model_weights/${group}/${name}`);
    }
  }
  return named(network, (variable) => tensors[paths.get(variable) ?? ""]);
}
