/** The events of a training: the format that files, terminal, diagnosis and, later, other languages and machines share. */

import type { NamedWeights } from "../weights.ts";

export const EVENT_VERSION = 1;

/** Statistics of one layer. Shares are 0 … 1; norms are Euclidean. */
export type LayerStats = {
  name: string;
  /** Statistics of its outputs for up to 128 training rows, without dropout. `saturated`: share of outputs on the flat part of the activation. `deadUnits`: share of units that are 0 for every row. */
  activation?: { mean: number; std: number; zeros: number; saturated: number; deadUnits: number };
  /** Norm of the gradient of its kernel. */
  gradient?: number;
  /** Norm of its kernel. */
  weight?: number;
  /** Norm of the change of the kernel in the step that followed, divided by `weight`. */
  update?: number;
};

export type Scored = { loss: number; score: number };

export type StartEvent = {
  type: "start";
  epochs: number;
  stepsPerEpoch: number;
  parameters: number;
  rows: { train: number; validation: number };
  metric: string;
  loss: string;
  /** Loss of the best constant prediction on the training rows; NaN where the loss has no such formula. */
  constantLoss: number;
  layers: { name: string; kind: string; shape: readonly number[]; parameters: number }[];
};
/** Loss (training mode, mean over the batch, penalties not counted) and learning rate of consecutive steps, the first numbered `first` from 0. */
type StepsEvent = { type: "steps"; first: number; loss: number[]; rate: number[] };
export type LayersEvent = { type: "layers"; step: number; epoch: number; layers: LayerStats[] };
/** At the end of an epoch, numbered from 1. `running`: mean loss over its batches as Keras prints it; `train` and `validation` in evaluation mode. */
export type EpochEvent = {
  type: "epoch";
  epoch: number;
  step: number;
  running: number;
  train: Scored | null;
  validation: Scored | null;
  rate: number;
  seconds: number;
};
export type EndEvent = {
  type: "end";
  reason: "finished" | "early-stopping" | "diverged" | "stopped";
  epoch: number;
  /** The epoch whose weights were evaluated: the last one, or the best with `restoreBest`. */
  bestEpoch: number;
  divergedAt?: { step: number; epoch: number };
  train: Scored | null;
  /** null without a validation part. */
  validation: Scored | null;
  /** The metric on the validation part, or on the training part where the plan has none. */
  score: number;
  /** The metric on the test part, when asked for. */
  test?: number;
};
/** Outputs of the network for rows of the prepared data, rows × units. */
export type PredictionsEvent = { type: "predictions"; rows: number[]; units: number; outputs: number[] };
/** The weights that were evaluated, under Keras' names. */
type WeightsEvent = { type: "weights"; weights: NamedWeights };
/** All that is needed to continue from here: weights, the optimizer's state, and the counters of early stopping and of the plateau. */
type CheckpointEvent = { type: "checkpoint"; checkpoint: Checkpoint };

export type Checkpoint = {
  version: 1;
  epoch: number;
  /** By name; with restoreBest also the state after the best epoch so far, as "best.NAME". */
  state: Record<string, Float32Array>;
  stopping: { best: number; bestEpoch: number; waited: number };
  plateau: { factor: number; best: number; waited: number };
  /** Why the training has ended here; only its last events remain. */
  ended?: EndEvent["reason"];
};

export type TrainEvent = { version: typeof EVENT_VERSION; seed: number } & (
  | StartEvent
  | StepsEvent
  | LayersEvent
  | EpochEvent
  | EndEvent
  | PredictionsEvent
  | WeightsEvent
  | CheckpointEvent
);
