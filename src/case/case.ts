/** The Case: all that is known of one training attempt, plain JSON, every part optional; collectors write it, checks read it, nobody does both. */
import type { ColumnFacts } from "../data/evidence/column-facts.ts";
import type { ConflictingLabels } from "../data/evidence/conflicting-labels.ts";
import type { PartDrift } from "../data/evidence/part-drift.ts";
import type { RowOrder } from "../data/evidence/row-order.ts";
import type { TargetCopies } from "../data/evidence/target-copies.ts";
import type { Profile } from "../data/profile.ts";
import type { SourceColumn } from "../data/source-columns.ts";
import type { EndEvent, LayerStats, LayersEvent, Scored, StartEvent } from "../engine/events.ts";
import type { Loss, Optimizer, Plan } from "../plan/plan.ts";

export type { LayerStats };

export type Task = "classification" | "multilabel" | "regression" | "sequence";

/** A layer as a plan lists it, with the fields of any kind of layer; a log may contain only its kind and units. */
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

/** How it was trained. A plan knows all of it; a log knows "Adam, 1e-3, batch 32" and no more. */
type Training = Partial<Omit<Plan["training"], "loss" | "optimizer">> & {
  loss?: Partial<Omit<Loss, "name">> & { name?: string };
  optimizer?: Partial<Omit<Optimizer, "name">> & { name?: string };
};

/** How the data were prepared. */
type DataPlan = Partial<Plan["data"]>;

/** Loss and score on one part of the rows; a log may name one of the two. */
export type Measured = Partial<Scored>;

/**
 * One epoch, counted from 1. `step`: total steps by its end; `rate`: the learning rate of its last step; `running`: mean training loss over
 * its batches, with dropout; `train` and `validation`: evaluated without dropout, null or absent where they were not evaluated.
 */
export type EpochRecord = {
  epoch: number;
  step?: number;
  running?: number;
  train?: Measured | null;
  validation?: Measured | null;
  rate?: number;
};

/** What was known before the first step. */
export type StartRecord = Partial<Pick<StartEvent, "epochs" | "stepsPerEpoch" | "parameters">> & {
  rows?: Partial<StartEvent["rows"]>;
  /** The training loss of the best constant prediction. */
  constantLoss?: number;
  /** `shape`: the output shape of each layer; `units`: its last dimension, where a log contains no more. */
  layers?: { name: string; kind: string; parameters?: number; shape?: readonly number[]; units?: number }[];
};

/** `better`: the direction in which the score improves; `split`: the part of the rows on which it is evaluated. */
export type Metric = { name: string; better: "higher" | "lower"; split: "validation" | "training" };

type LayersRecord = Pick<LayersEvent, "step" | "epoch" | "layers">;
type EndRecord = Pick<EndEvent, "reason" | "epoch" | "bestEpoch" | "divergedAt" | "score">;

export type Baseline = { name: string; value: number };

export type ColumnSummary = { min: number; max: number; mean: number; std: number };

/** What may be known. A part or field that is absent was not measured, which is no evidence that all is well. */
export type Case = {
  version: 1;
  task?: Task;
  /** The layers in their order, as the plan lists them. */
  network?: readonly AnyLayer[];
  training?: Training;
  dataPlan?: DataPlan;
  /** The measurements of the data. */
  profile?: Profile;
  metric?: Metric;

  // The training of one seed: the one whose final score is the median of `scores`.
  start?: StartRecord;
  epochs?: EpochRecord[];
  /** One entry per step: the loss of its batch in training mode, and the learning rate. */
  steps?: { loss?: number[]; rate?: number[] };
  layers?: LayersRecord[];
  end?: EndRecord;
  /** The final score of each seed; NaN for one that ended in NaN. */
  scores?: number[];
  /** Before the first step, on training rows: the loss (without penalties) and the statistics of each layer. */
  initial?: { loss: number; layers: LayerStats[] };
  /** The predictions of the trained network for the rows that it is evaluated on: one summary for each output. */
  predictions?: {
    columns: ColumnSummary[];
    /** Classification: shares of the rows that belong to each class (`actual`) and that are predicted as it (`predicted`), with its recall and precision. */
    classes?: { name: string; actual: number; predicted: number; recall?: number; precision?: number }[];
    /** Regression: the true values of the same rows, in the units of `columns`. */
    targets?: ColumnSummary[];
  };

  // Measurements of the data, beyond the profile.
  /** The scores of the baselines by the plan's metric, on the same rows as the network's. */
  baselines?: Baseline[];
  /** Rows whose inputs are all the same number: their share of each part. `elsewhere`: the share of the other rows' cells that hold this number. */
  blankRows?: { train: number; validation: number; elsewhere?: number };
  /**
   * Validation rows whose nearest training row is nearer than a tenth of the usual distance (the median, over training rows,
   * to the nearest other one): share, and an example pair of source rows.
   */
  nearCopies?: { share: number; example?: { validation: number; train: number } };
  /**
   * A column of the source that is not a feature and groups similar rows. `nearest`: share of the validation rows whose nearest
   * training row with the same target belongs to their group; `chance`: the same by chance. The scores of the better baseline, cross-validated:
   * `score` with rows left out at random, `apart` with whole groups left out.
   */
  groups?: { column: string; groups: number; nearest: number; chance: number; score: number; apart: number };
  /** Rows that probably have a wrong label (confident learning on out-of-fold predictions): their share of
   * the examined rows, and all of them, the most probable first. `confidence`: by how much the other label is more probable, 0–1. */
  suspectLabels?: {
    share: number;
    rows: { row: number; line?: number; file?: string; given: string; likely: string; confidence: number }[];
    /** The third of the rows whose class is predicted most confidently: how many, the share of them (`wrong`) and of all rows (`all`) whose label
     * is not the predicted one, and the same share for the majority class (`chance`). */
    surest?: { rows: number; wrong: number; all: number; chance: number };
    /** Whether trainings of the plan itself, on the other folds, contributed. */
    network?: boolean;
  };
  /** The score of a baseline on one feature alone, by the plan's metric, and of the best baseline on all other features together. */
  singleFeature?: { column: string; score: number; others: number };
  /** How strongly inputs depend on each other: mean squared correlation of pairs of columns, minus its value by chance (1 / rows). */
  inputDependence?: { value: number };
  /** How the validation targets differ from the training targets (regression): difference of the means, in standard deviations of the training targets, and ratio of the standard deviations (`spread`). */
  targetDrift?: { shift: number; spread: number; rows: number };

  /** Types, quartiles and outliers of the columns. */
  columnFacts?: ColumnFacts;
  /** Rows with equal inputs and different classes. */
  conflictingLabels?: ConflictingLabels;
  /** How well the position of a row in the file predicts its target. */
  rowOrder?: RowOrder;
  /** Columns that are the target itself. */
  targetCopies?: TargetCopies;
  /** Columns whose distribution differs in the validation rows. */
  partDrift?: PartDrift;
  /** The columns of the file as text, before any is converted to numbers. */
  sourceColumns?: SourceColumn[];

  // One part per probe, each the result of short trainings for this purpose.
  /** The plan's network trained on one batch alone, without dropout and penalties. */
  overfitOneBatch?: {
    rows: number;
    steps: number;
    first: number;
    last: number;
    score: number;
    /** Loss of the best constant prediction on that batch. */
    baselineLoss: number;
  };
  /** The plan trained for `steps` steps at each learning rate; `losses`: mean over the last tenth of the steps (NaN: diverged). */
  learningRateSweep?: { rates: number[]; losses: number[]; own: number; steps: number; start: number };
  /** The same training with every input set to 0, beside the plain one. */
  zeroedInputs?: { score: number; loss: number; plain: Scored };
  /** The same training with the training labels permuted, beside the plain one. */
  shuffledLabels?: { score: number; loss: number; plain: Scored };
  /** The plan on the source without repeated rows, beside the plain one: how much of its score is due to rows that occur in both parts. */
  withoutCopies?: { score: number; rows: number; plain: number; seeds?: number };
  /** The plan trained on a share of the training rows: score on the validation rows. */
  learningCurve?: { share: number; rows: number; score: number /** Of each seed. */; scores?: number[] }[];
  /** The plan with another width or depth of its hidden layers: score on the validation rows. */
  capacity?: { change: "as it is" | `${"half" | "twice"} as ${"wide" | "deep"}`; score: number; seeds?: number }[];
  /** The plan with other batch sizes, over the same number of epochs; `own`: whether it is the plan's. */
  batchSizes?: { size: number; own: boolean; score: number; seeds?: number }[];
};

/** The names of the parts. */
export type Part = Exclude<keyof Case, "version">;

type Field<Path extends string, Whole> = `${Path}.${keyof NonNullable<Whole> & string}`;

/** What a check may need: a whole part, or a single field of one that a log may contain only in part. */
export type Need =
  | Part
  | Field<"training", Training>
  | Field<"training.loss", Training["loss"]>
  | Field<"training.optimizer", Training["optimizer"]>
  | Field<"dataPlan", DataPlan>
  | Field<"start", StartRecord>
  | Field<"start.rows", StartRecord["rows"]>
  | Field<"steps", Case["steps"]>;
