/** A plan's network, resolved: the shape after every layer, its weights, and how they lie in memory. */

import { UserError } from "../errors.ts";
import type { Layer, Plan } from "../plan/plan.ts";
import { PURPOSE, stream } from "../random.ts";
import { size } from "./graph/graph.ts";
import { initialise } from "./initialisers.ts";
import { kindOf } from "./layers/index.ts";
import type { WeightSpec } from "./layers/layer.ts";

export type Weight = WeightSpec & { layer: number; size: number };
export type ResolvedLayer = {
  index: number;
  name: string;
  layer: Layer;
  before: readonly number[];
  shape: readonly number[];
};
/** Weights that are trained as one tensor: a large one alone, all small ones packed, which spares the runtime calls. */
export type Group = { name: string; weights: Weight[]; packed: boolean; trainable: boolean; size: number };

export type Network = {
  layers: ResolvedLayer[];
  weights: Weight[];
  groups: Group[];
  shape: readonly number[];
  /** Numbers in one row of the output. */
  units: number;
  /** The activation that the output went through last. */
  lastActivation: string;
  parameters: number;
};

// A tensor up to this size costs less to copy than a few calls of the runtime do (8 µs a call; measured, docs/how-it-works.md).
const PACKED = 4096;

export function layersOf(plan: Plan): Layer[] {
  if (typeof plan.network === "string")
    throw new UserError(
      `a network read from a file (${plan.network}) is not supported yet.`,
      "Write the layers as a list.",
      "network",
    );
  return plan.network;
}

/** dense_1, dense_2, conv2d_1 …, or the layer's own name. */
export function layerNames(layers: readonly Layer[]): string[] {
  const counts = new Map<string, number>();
  return layers.map((layer) => {
    const n = (counts.get(layer.layer) ?? 0) + 1;
    counts.set(layer.layer, n);
    return layer.name ?? `${layer.layer}_${n}`;
  });
}

export function resolveNetwork(plan: Plan, input: readonly number[]): Network {
  const list = layersOf(plan);
  const names = layerNames(list);
  const layers: ResolvedLayer[] = [];
  const weights: Weight[] = [];
  let shape: readonly number[] = input;
  list.forEach((layer, index) => {
    const place = `network[${index}]`;
    const kind = kindOf(layer.layer);
    if (!kind)
      throw new UserError(`layer ${layer.layer} is not supported yet.`, "Take it out, or use a layer that is.", place);
    if (layer.from)
      throw new UserError("branches (from) are not supported yet.", "Write the network as a chain.", place);
    const before = shape;
    try {
      shape = kind.shape(layer, before);
    } catch (error) {
      throw new UserError(
        `layer ${layer.layer} does not fit: ${(error as Error).message}.`,
        "Change this layer or the one before it.",
        place,
      );
    }
    for (const spec of kind.weights?.(layer, before) ?? [])
      weights.push({ ...spec, layer: index, size: size(spec.shape) });
    layers.push({ index, name: names[index], layer, before, shape });
  });
  const parameters = weights.reduce((n, weight) => n + weight.size, 0);
  return {
    layers,
    weights,
    groups: grouped(weights),
    shape,
    units: size(shape),
    lastActivation: lastActivation(list),
    parameters,
  };
}

function lastActivation(layers: readonly Layer[]): string {
  const last = layers.findLast((layer) => "activation" in layer);
  return last && "activation" in last ? (last.activation as string) : "linear";
}

function grouped(weights: readonly Weight[]): Group[] {
  const groups: Group[] = [];
  for (const trainable of [true, false]) {
    const alike = weights.filter((weight) => weight.trainable === trainable);
    const small = alike.filter((weight) => weight.size <= PACKED);
    const kind = trainable ? "w" : "frozen";
    for (const weight of alike)
      if (!small.includes(weight))
        groups.push({
          name: `${kind}${groups.length}`,
          weights: [weight],
          packed: false,
          trainable,
          size: weight.size,
        });
    if (small.length > 0)
      groups.push({
        name: `${kind}${groups.length}`,
        weights: small,
        packed: true,
        trainable,
        size: small.reduce((n, w) => n + w.size, 0),
      });
  }
  return groups;
}

/** The starting values of each group. Each weight draws from a stream of its own, so packing changes nothing. */
export function startingWeights(network: Network, seed: number): Float32Array[] {
  return network.groups.map((group) => {
    const values = new Float32Array(group.size);
    let at = 0;
    for (const weight of group.weights) {
      const base = stream(seed, PURPOSE.weights, weight.layer, weight.name === "kernel" ? 0 : 1);
      // As a matrix a dense kernel is inputs × units, that of a convolution filters × window.
      values.set(initialise(weight.init, weight.size, weight.size / weight.shape[0], weight.fans, base), at);
      at += weight.size;
    }
    return values;
  });
}
