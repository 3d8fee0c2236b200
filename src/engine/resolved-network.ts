/** What a resolved network is: its layers with the shapes between them, and its weights as they lie in memory. */
import type { Layer } from "../plan/plan.ts";
import type { WeightSpec } from "./layers/layer.ts";

/** `given`: what it starts from, where the plan names a file. */
export type Weight = WeightSpec & { layer: number; size: number; given?: Float32Array };
export type ResolvedLayer = {
  index: number;
  name: string;
  layer: Layer;
  /** The layers before it, by index; DATA stands for the rows themselves, TARGET for their target one step late. */
  inputs: readonly number[];
  /** The shapes of what they give; `before` is the first. */
  befores: readonly (readonly number[])[];
  before: readonly number[];
  shape: readonly number[];
};
export const DATA = -1;
export const TARGET = -2;
/** Weights that are kept as one tensor: a large one alone, all small ones of a kind packed, which spares the runtime calls. */
export type Group = {
  name: string;
  weights: Weight[];
  packed: boolean;
  /** Trained by its gradient. */
  trainable: boolean;
  /** Changed by the training without a gradient. */
  moving: boolean;
  size: number;
};

export type Network = {
  layers: ResolvedLayer[];
  /** A layer is given the target, one step late. */
  teacherForced: boolean;
  weights: Weight[];
  groups: Group[];
  shape: readonly number[];
  /** Numbers in one row of the output. */
  units: number;
  /** The activation that the output went through last. */
  lastActivation: string;
  parameters: number;
};
