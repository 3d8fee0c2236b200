/** A plan's network, resolved: the shape after every layer, its weights, and how they lie in memory. */

import { layerNames } from "../plan/describe.ts";
import type { Layer, Plan } from "../plan/plan.ts";
import { PURPOSE, stream } from "../random.ts";
import { UserError } from "../user-error.ts";
import type { NamedWeights } from "../weights.ts";
import { size } from "./graph/graph.ts";
import { initialise } from "./initialisers.ts";
import { kindOf } from "./layers/index.ts";
import { DATA, type Group, type Network, type ResolvedLayer, TARGET, type Weight } from "./resolved-network.ts";
import { isTeacherForced } from "./teacher-forcing.ts";
import { givenWeight } from "./weights.ts";

// A tensor up to this size costs less to copy than a few operations of the runtime do (8 µs each; measured, docs/how-it-works.md).
const PACKED = 4096;

function layersOf(plan: Plan): Layer[] {
  if (typeof plan.network === "string")
    throw new UserError(
      `the model ${plan.network} has not been read.`,
      "Load the plan from its file, or write the layers as a list.",
      "network",
    );
  return plan.network;
}

/**
 * @param files the weights in the files that layers start from.
 * @param target the shape of the target of a sequence task; null in any other.
 */
export function resolveNetwork(
  plan: Plan,
  input: readonly number[],
  files: Record<string, NamedWeights> = {},
  target: readonly number[] | null = null,
): Network {
  const list = layersOf(plan);
  const names = layerNames(list);
  const inputs = inputsOf(list);
  const layers: ResolvedLayer[] = [];
  const weights: Weight[] = [];
  list.forEach((layer, index) => {
    const place = `network[${index}]`;
    const kind = kindOf(layer.layer);
    if (inputs[index].length > (kind.joins ?? 1))
      throw new UserError(
        `layer ${layer.layer} does not accept several inputs.`,
        "Join them with add or concatenate first.",
        place,
      );
    if (inputs[index].includes(TARGET) && !target)
      throw new UserError(
        '"target" is available only in a sequence task, as the input of a decoder.',
        "Name a layer.",
        `${place}.from`,
      );
    const befores = inputs[index].map((at) => (at === DATA ? input : at === TARGET ? target! : layers[at].shape));
    const [before, ...more] = befores;
    let shape: number[];
    try {
      shape = kind.shape(layer, before, ...more);
    } catch (error) {
      throw new UserError(
        `layer ${layer.layer} does not fit: ${(error as Error).message}.`,
        "Change this layer or the one before it.",
        place,
      );
    }
    for (const spec of kind.weights?.(layer, before, ...more) ?? []) {
      const given = givenWeight(layer, names[index], spec, files, place);
      weights.push({ ...spec, layer: index, size: size(spec.shape), ...(given && { given }) });
    }
    layers.push({ index, name: names[index], layer, inputs: inputs[index], befores, before, shape });
  });
  const { shape } = layers.at(-1)!;
  return {
    layers,
    teacherForced: isTeacherForced(layers),
    weights,
    groups: grouped(weights),
    shape,
    units: size(shape),
    lastActivation: lastActivation(layers),
    parameters: weights.reduce((n, weight) => n + (weight.moving ? 0 : weight.size), 0),
  };
}

/** The layers whose outputs each layer reads: those it names, or the one before it. */
function inputsOf(layers: readonly Layer[]): number[][] {
  const places = new Map([
    ["input", DATA],
    ["target", TARGET],
  ]);
  return layers.map(({ name, from }, index) => {
    if (name) places.set(name, index);
    return from ? from.map((other) => places.get(other)!) : [index - 1];
  });
}

/** The last activation before the output; after a join of several layers it is linear. */
function lastActivation(layers: readonly ResolvedLayer[]): string {
  for (let at = layers.length - 1; at >= 0; at = layers[at].inputs[0]) {
    const { inputs } = layers[at];
    const own = layers[at].layer;
    const layer = own.layer === "timeDistributed" ? own.of : own;
    if ("activation" in layer) return layer.activation;
    if (inputs.length > 1) break;
  }
  return "linear";
}

const KINDS = [
  { kind: "w", trainable: true, moving: false },
  { kind: "frozen", trainable: false, moving: false },
  { kind: "moving", trainable: false, moving: true },
];

function grouped(weights: readonly Weight[]): Group[] {
  const groups: Group[] = [];
  for (const { kind, trainable, moving } of KINDS) {
    const alike = weights.filter((w) => (moving ? w.moving === true : !w.moving && w.trainable === trainable));
    const small = alike.filter((weight) => weight.size <= PACKED);
    const add = (own: Weight[], packed: boolean) =>
      groups.push({
        name: `${kind}${groups.length}`,
        weights: own,
        packed,
        trainable,
        moving,
        size: own.reduce((n, weight) => n + weight.size, 0),
      });
    for (const weight of alike) if (!small.includes(weight)) add([weight], false);
    if (small.length > 0) add(small, true);
  }
  return groups;
}

/** The initial values of each group. Each weight draws from a stream of its own, so packing changes nothing. */
export function startingWeights(network: Network, seed: number): Float32Array[] {
  const place = ({ layer, name }: Weight) =>
    network.weights.filter((w) => w.layer === layer).findIndex((w) => w.name === name);
  return network.groups.map((group) => {
    const values = new Float32Array(group.size);
    let at = 0;
    for (const weight of group.weights) {
      const base = stream(seed, PURPOSE.weights, weight.layer, place(weight));
      // As a matrix a dense kernel is inputs × units, that of a convolution filters × window.
      const columns = weight.columns ?? weight.size / weight.shape[0];
      values.set(weight.given ?? initialise(weight.init, weight.size, columns, weight.fans, base), at);
      if (weight.ones && !weight.given) values.fill(1, at + weight.ones.from, at + weight.ones.to);
      at += weight.size;
    }
    return values;
  });
}
