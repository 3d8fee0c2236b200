/** The weights of a network under Keras' names and in Keras' layouts: `<layer>.<weight>`, to keep them and to start from them. */

import type { Layer } from "../plan/plan.ts";
import { didYouMean, UserError } from "../user-error.ts";
import { type NamedWeights, permuted } from "../weights.ts";
import { snake } from "../words.ts";
import type { WeightSpec } from "./layers/layer.ts";
import type { Group, Network } from "./resolved-network.ts";

/** The layout of a weight in Keras: our axes in another order, then perhaps split or dropped. */
type Layout = { name: string; shape: readonly number[]; perm: readonly number[] };

// Ours: [filters, channels, ...window]; Keras: [...window, channels, filters], and depthwise [...window, channels, 1].
const PERMS: Partial<Record<Layer["layer"], readonly number[]>> = {
  conv1d: [2, 1, 0],
  conv2d: [2, 3, 1, 0],
  depthwiseConv2d: [2, 3, 0, 1],
};

function layoutOf(layer: Layer, { name, shape }: WeightSpec): Layout {
  if ("of" in layer) {
    const [, direction = "", own] = name.match(/^(forward\.|backward\.)?(.*)$/)!;
    const inner = layoutOf(layer.of, { name: own, shape } as WeightSpec);
    return { ...inner, name: direction + inner.name };
  }
  const straight = shape.map((_, i) => i);
  if (layer.layer === "multiHeadAttention") {
    const [, part, kind] = name.match(/^(query|key|value|output)(Kernel|Bias)$/)!;
    const heads = [layer.heads, layer.keyDim];
    const sides = { Kernel: [shape[0], ...heads], Bias: heads };
    const out = { Kernel: [...heads, shape[1]], Bias: [shape[1]] };
    const own = (part === "output" ? out : sides)[kind as "Kernel" | "Bias"];
    return { name: `${part}.${kind.toLowerCase()}`, shape: own, perm: straight };
  }
  const perm = name === "kernel" ? (PERMS[layer.layer] ?? straight) : straight;
  const turned = perm.map((axis) => shape[axis]);
  const vector = turned.length === 2 && turned[0] === 1 && !/kernel|embeddings/i.test(name);
  return { name: snake(name), shape: vector ? [turned[1]] : turned, perm };
}

const inverse = (perm: readonly number[]): number[] => perm.map((_, i) => perm.indexOf(i));

/** All weights of a network; `values` returns those of a group. */
export function namedWeights(network: Network, values: (group: Group) => Float32Array): NamedWeights {
  const found = new Map<unknown, Float32Array>();
  for (const group of network.groups) {
    const all = values(group);
    let at = 0;
    for (const weight of group.weights) {
      found.set(weight, all.subarray(at, at + weight.size));
      at += weight.size;
    }
  }
  return Object.fromEntries(
    network.weights.map((weight) => {
      const { name, layer } = network.layers[weight.layer];
      const layout = layoutOf(layer, weight);
      const own = permuted(found.get(weight)!, weight.shape, layout.perm);
      return [`${name}.${layout.name}`, { shape: layout.shape, values: own }];
    }),
  );
}

/** Named weights in the engine's layout; `name` is the engine's name, `kerasName` that of Keras. */
export function weightTensors(network: Network, weights: NamedWeights) {
  return network.weights.map((weight) => {
    const { name, layer } = network.layers[weight.layer];
    const layout = layoutOf(layer, weight);
    const kerasName = `${name}.${layout.name}`;
    return {
      layer: weight.layer,
      name: weight.name,
      shape: weight.shape,
      values: unlaid(weight, layout, weights[kerasName].values),
      kerasName,
    };
  });
}

const unlaid = ({ shape }: WeightSpec, { perm }: Layout, values: Float32Array): Float32Array =>
  permuted(
    values,
    perm.map((axis) => shape[axis]),
    inverse(perm),
  );

/** The file of a layer's initial weights, if it names one. */
const fileOf = (layer: Layer): string | undefined => {
  const own = "of" in layer ? layer.of : layer;
  return "weights" in own ? own.weights : undefined;
};

/** The initial values of a weight from its file, in the engine's layout; a weight that is missing or has another shape is refused. */
export function givenWeight(
  layer: Layer,
  name: string,
  spec: WeightSpec,
  files: Record<string, NamedWeights>,
  place: string,
): Float32Array | undefined {
  const file = fileOf(layer);
  if (file === undefined) return undefined;
  const held = files[file] ?? {};
  const layout = layoutOf(layer, spec);
  const wanted = `${name}.${layout.name}`;
  const at = `${place}.weights`;
  if (!Object.hasOwn(held, wanted))
    throw new UserError(
      `${file} does not contain ${wanted}${didYouMean(wanted, Object.keys(held)) || "."}`,
      "Its names are LAYER.WEIGHT, with the names of the layers in the plan.",
      at,
    );
  const { shape, values } = held[wanted];
  if (shape.length !== layout.shape.length || shape.some((side, i) => side !== layout.shape[i]))
    throw new UserError(
      `${wanted} has the shape [${shape}] in ${file}, and [${layout.shape}] in this network.`,
      "Give the layer the size of its weights, or remove the field weights.",
      at,
    );
  return unlaid(spec, layout, values);
}
