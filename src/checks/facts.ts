/** What checks and remedies ask of a network and its loss: which layer is the output, what stands behind it, how many units. */
import type { AnyLayer, Case, StartRecord } from "../case/case.ts";
import { layerNames, layerPhrase } from "../plan/describe.ts";
import { traitsOf } from "../plan/layer-traits.ts";

type Network = readonly AnyLayer[];

/** What a layer is called. */
export const nameOf = (network: Network, i: number): string => layerNames(network)[i];

/** A layer, by its place or its name, in a sentence: "layer 2, dense_1 (3 units)"; its name alone where the network is not known. */
export function layerAt(network: Network | undefined, at: number | string): string {
  const i = typeof at === "number" ? at : layerNames(network ?? []).indexOf(at);
  return network?.[i] ? layerPhrase(network, i) : String(at);
}

export const hasWeights = (layer: AnyLayer): boolean => traitsOf(layer.layer).computes === true;
export const isRecurrent = (layer: AnyLayer): boolean => traitsOf(layer.layer).recurrent === true;

/** Index of the last layer with weights: what comes before are hidden layers. −1 without any. */
export const outputIndex = (network: Network): number => network.findLastIndex(hasWeights);

/** Indices of the layers with weights before the output (embeddings are look-ups, not layers that compute). */
export const hiddenIndices = (network: Network): number[] => {
  const last = outputIndex(network);
  return network.flatMap((layer, i) => (i < last && hasWeights(layer) && layer.layer !== "embedding" ? [i] : []));
};

/** The activations that the values of layer `i` pass on the way to the next layer with weights, linear ones left out. */
export function activationsAfter(network: Network, i: number): { index: number; activation: string }[] {
  const found: { index: number; activation: string }[] = [];
  for (let index = i; index < network.length; index++) {
    const layer = network[index];
    if (index > i && hasWeights(layer)) break;
    const { activation } = layer;
    if (activation && activation !== "linear") found.push({ index, activation });
  }
  return found;
}

/** Activations that cut off what is below 0 before the last one, a softmax or sigmoid, sees it. */
export function clippedLogits(network: Network): { index: number; activation: string }[] {
  const chain = activationsAfter(network, outputIndex(network));
  const last = chain.at(-1)?.activation;
  if (last !== "softmax" && last !== "sigmoid") return [];
  return chain.slice(0, -1).filter(({ activation }) => activation === "relu");
}

/** The last activation of the network: what its outputs have passed. */
export const outputActivation = (network: Network): string =>
  activationsAfter(network, outputIndex(network)).at(-1)?.activation ?? "linear";

/** Where `outputActivation` stands, for an edit: an activation layer, or the output layer itself. */
export const outputActivationIndex = (network: Network): number => {
  const out = outputIndex(network);
  return activationsAfter(network, out).at(-1)?.index ?? out;
};

/** Numbers that a layer gives per row. */
export const sizeOf = (layer: { shape?: readonly number[]; units?: number } | undefined): number | undefined =>
  layer?.shape?.reduce((n, side) => n * side, 1) ?? layer?.units;

/** Numbers the network gives per row, or per step of a sequence: measured at the start where known, else the units of the output layer. */
export const outputUnits = ({
  network,
  task,
  start,
}: {
  network?: Network;
  task?: Case["task"];
  start?: Pick<StartRecord, "layers">;
}): number | undefined => {
  const last = start?.layers?.at(-1);
  // Of a sequence each step is an answer.
  if (task === "sequence" && last?.shape) return last.shape.at(-1);
  return sizeOf(last) ?? network?.[outputIndex(network)]?.units;
};

export type Loss = { name: string; fromLogits: boolean };

export const isCrossEntropy = (name: string): boolean => /crossentropy$/i.test(name);

/** The range that an activation can reach. */
export function reach(activation: string): [number, number] {
  const inf = Number.POSITIVE_INFINITY;
  switch (activation) {
    case "sigmoid":
    case "hardSigmoid":
    case "softmax":
      return [0, 1];
    case "tanh":
    case "softsign":
      return [-1, 1];
    case "relu":
    case "softplus":
      return [0, inf];
    case "elu":
      return [-1, inf];
    case "selu":
      return [-1.7581, inf];
    case "gelu":
    case "swish":
      return [-0.28, inf];
    default:
      return [-inf, inf];
  }
}

type Init = { kind: string; value?: number };

/** An initialiser as kind and number: "zeros", or { normal: 0.05 } → { kind: "normal", value: 0.05 }. */
export function initOf(init: unknown): Init {
  if (typeof init === "string") return { kind: init };
  const entry = init && typeof init === "object" ? Object.entries(init)[0] : undefined;
  return entry ? { kind: entry[0], value: Number(entry[1]) } : { kind: "glorotUniform" };
}

/** Standard deviation of the weights that an initialiser draws; undefined where it follows the layer's width. */
export function spreadOf(init: Init): number | undefined {
  switch (init.kind) {
    case "zeros":
    case "ones":
    case "constant":
      return 0;
    case "normal":
      return Math.abs(init.value ?? 0.05);
    // Cut at two standard deviations, a normal keeps 0.88 of its spread.
    case "truncatedNormal":
      return Math.abs(init.value ?? 0.05) * 0.88;
    case "uniform":
      return Math.abs(init.value ?? 0.05) / Math.sqrt(3);
    default:
      return undefined;
  }
}

/** Decades of different rows that the columns could hold, beyond the rows there are: where it is little, rows are equal by chance. */
export function roomForRows({ images, columns, rows }: NonNullable<Case["profile"]>): number {
  if (images) return Number.POSITIVE_INFINITY;
  const possible = columns.reduce((sum, one) => sum + Math.log10(Math.max(1, one.distinct)), 0);
  return possible - Math.log10(Math.max(1, rows));
}
