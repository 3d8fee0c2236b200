/** What checks, causes and remedies ask of a Plan: which layer is the output, what stands behind it, how many units. */
import type { Case, Task } from "../case/case.ts";
import { traitsOf } from "../plan/layer-traits.ts";
import type { Plan } from "../plan/plan.ts";

export { layerName as nameOf } from "../plan/describe.ts";

/** A layer, seen from outside its kind. */
export type AnyLayer = {
  layer: string;
  name?: string;
  units?: number;
  filters?: number;
  activation?: string;
  recurrentActivation?: string;
  rate?: number;
  kernelInit?: unknown;
  biasInit?: unknown;
  l1?: number;
  l2?: number;
  trainable?: boolean;
  dropout?: number;
  from?: string[];
};

/** The layers of a network that is written out; none for one that lies in a file. */
export const layersOf = (plan: Plan): AnyLayer[] =>
  typeof plan.network === "string" ? [] : (plan.network as AnyLayer[]);

export const hasWeights = (layer: AnyLayer): boolean => traitsOf(layer.layer).computes === true;
export const isRecurrent = (layer: AnyLayer): boolean => traitsOf(layer.layer).recurrent === true;

/** Index of the last layer with weights: what comes before are hidden layers. −1 without any. */
export const outputIndex = (plan: Plan): number => layersOf(plan).findLastIndex(hasWeights);

/** Indices of the layers with weights before the output (embeddings are look-ups, not layers that compute). */
export const hiddenIndices = (plan: Plan): number[] => {
  const last = outputIndex(plan);
  return layersOf(plan).flatMap((layer, i) =>
    i < last && hasWeights(layer) && layer.layer !== "embedding" ? [i] : [],
  );
};

/** The activations that the values of layer `i` pass on the way to the next layer with weights, linear ones left out. */
export function activationsAfter(plan: Plan, i: number): { index: number; activation: string }[] {
  const layers = layersOf(plan);
  const found: { index: number; activation: string }[] = [];
  for (let index = i; index < layers.length; index++) {
    const layer = layers[index];
    if (index > i && hasWeights(layer)) break;
    const { activation } = layer;
    if (activation && activation !== "linear") found.push({ index, activation });
  }
  return found;
}

/** Activations that cut off what is below 0 before the last one, a softmax or sigmoid, sees it. */
export function clippedLogits(plan: Plan): { index: number; activation: string }[] {
  const chain = activationsAfter(plan, outputIndex(plan));
  const last = chain.at(-1)?.activation;
  if (last !== "softmax" && last !== "sigmoid") return [];
  return chain.slice(0, -1).filter(({ activation }) => activation === "relu");
}

/** The last activation of the network: what its outputs have passed. */
export const outputActivation = (plan: Plan): string =>
  activationsAfter(plan, outputIndex(plan)).at(-1)?.activation ?? "linear";

/** Where `outputActivation` stands, for an edit: an activation layer, or the output layer itself. */
export const outputActivationIndex = (plan: Plan): number => {
  const out = outputIndex(plan);
  return activationsAfter(plan, out).at(-1)?.index ?? out;
};

/** Numbers that a layer gives per row. */
export const sizeOf = (layer: { shape?: readonly number[]; units?: number } | undefined): number | undefined =>
  layer?.shape?.reduce((n, side) => n * side, 1) ?? layer?.units;

/** Numbers the network gives per row, or per step of a sequence: measured at the start where known, else the units of the output layer. */
export const outputUnits = (plan: Plan, start?: Case["start"]): number | undefined => {
  const last = start?.layers.at(-1);
  // Of a sequence each step is an answer.
  if (plan.data.task === "sequence" && last?.shape) return last.shape.at(-1);
  return sizeOf(last) ?? layersOf(plan)[outputIndex(plan)]?.units;
};

export type Loss = { name: string; fromLogits: boolean; reduction: "mean" | "sum"; labelSmoothing: number };

/** The loss that is trained: what the plan says, or what its silence stands for. */
export function lossOf(plan: Plan, task: Task | undefined, units?: number): Loss {
  const given = plan.training.loss as Loss | undefined;
  if (given) return given;
  const name =
    task === "regression"
      ? "meanSquaredError"
      : task === "multilabel" || units === 1
        ? "binaryCrossentropy"
        : "categoricalCrossentropy";
  return { name, fromLogits: false, reduction: "mean", labelSmoothing: 0 };
}

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

export type Init = { kind: string; value?: number };

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
