/** A resolved network: its layers with the shapes between them, and its weights as they lie in memory. */
import type { Layer } from "../plan/plan.ts";
import type { WeightSpec } from "./layers/layer.ts";

/** `given`: the initial values, where the plan names a file. */
export type Weight = WeightSpec & { layer: number; size: number; given?: Float32Array };
export type ResolvedLayer = {
  index: number;
  name: string;
  layer: Layer;
  /** The layers before it, by index; DATA stands for the rows themselves, TARGET for their target shifted by one step. */
  inputs: readonly number[];
  /** The output shapes of these layers; `before` is the first. */
  befores: readonly (readonly number[])[];
  before: readonly number[];
  shape: readonly number[];
};
export const DATA = -1;
export const TARGET = -2;
/** Weights that are stored as one tensor: a large one alone, all small ones of a kind packed, which saves operations of the runtime. */
export type Group = {
  name: string;
  weights: Weight[];
  packed: boolean;
  /** Whether its weights are trained by their gradient. */
  trainable: boolean;
  /** Whether training changes its weights without a gradient (moving statistics). */
  moving: boolean;
  size: number;
};

export type Network = {
  layers: ResolvedLayer[];
  /** Whether a layer reads the target, shifted by one step. */
  teacherForced: boolean;
  weights: Weight[];
  groups: Group[];
  shape: readonly number[];
  /** Numbers in one row of the output. */
  units: number;
  /** The last activation before the output. */
  lastActivation: string;
  parameters: number;
};
