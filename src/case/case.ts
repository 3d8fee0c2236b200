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

/** A layer as a plan lists it, seen from outside its kind; of a log perhaps its kind and units alone. */
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
 * One epoch, counted from 1. `step`: steps done by its end; `rate`: the learning rate of its last step; `running`: mean loss over its batches,
 * dropout at work; `train` and `validation` with dropout off, null or absent where they were not evaluated.
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
  /** The training loss of the best constant answer. */
  constantLoss?: number;
  /** `shape` of the output of each layer, or, where a log tells no more, its last side as `units`. */
  layers?: { name: string; kind: string; parameters?: number; shape?: readonly number[]; units?: number }[];
};

/** `better`: the direction in which the score improves; `split`: the part of the rows that it is of. */
export type Metric = { name: string; better: "higher" | "lower"; split: "validation" | "training" };

type LayersRecord = Pick<LayersEvent, "step" | "epoch" | "layers">;
type EndRecord = Pick<EndEvent, "reason" | "epoch" | "bestEpoch" | "divergedAt" | "score">;

export type Baseline = { name: string; value: number };

export type ColumnSummary = { min: number; max: number; mean: number; std: number };

/** What may be known. A part, or a field of it, that is absent was not looked at: that is ignorance, not health. */
export type Case = {
  version: 1;
  task?: Task;
  /** The layers in their order, as the plan lists them. */
  network?: readonly AnyLayer[];
  training?: Training;
  dataPlan?: DataPlan;
  /** What was measured of the data. */
  profile?: Profile;
  metric?: Metric;

  // The training of one seed: the one whose final score is the median of `scores`.
  start?: StartRecord;
  epochs?: EpochRecord[];
  /** One entry a step: the loss of its batch in training mode, and the learning rate. */
  steps?: { loss?: number[]; rate?: number[] };
  layers?: LayersRecord[];
  end?: EndRecord;
  /** The final score of each seed; NaN for one that ended in NaN. */
  scores?: number[];
  /** Before the first step, on training rows: the loss (no penalties) and what each layer does. */
  initial?: { loss: number; layers: LayerStats[] };
  /** What the trained network says of the judged rows. */
  predictions?: {
    columns: ColumnSummary[];
    /** Classification: share of rows that are, and that are called, each class; recall = share of its rows that are found, precision = share of what is called so that is. */
    classes?: { name: string; actual: number; predicted: number; recall?: number; precision?: number }[];
    /** Regression: the true values of the same rows, in the units of `columns`. */
    targets?: ColumnSummary[];
  };

  // Measured of the data, beyond the profile.
  /** Simple predictors, scored by the plan's metric on the judged rows. */
  baselines?: Baseline[];
  /** Rows whose inputs are all one and the same number: shares of either part. `elsewhere`: how often cells of other rows hold that number. */
  blankRows?: { train: number; validation: number; elsewhere?: number };
  /**
   * Judged rows whose nearest training row is nearer than a tenth of the usual distance (the median, over training rows,
   * to the nearest other one): share, and an example pair of source rows.
   */
  nearCopies?: { share: number; example?: { validation: number; train: number } };
  /**
   * A column of the source that is no feature and puts rows that are alike into groups. `nearest`: share of the judged rows whose nearest
   * training row, of those with the same target, is of their group, `chance`: the same by chance. The better simple predictor, cross-validated:
   * `score` with rows left out at random, `apart` with whole groups left out.
   */
  groups?: { column: string; groups: number; nearest: number; chance: number; score: number; apart: number };
  /** Rows that are likely to carry a wrong label (confident learning on out-of-fold predictions): their share of
   * the rows looked at, and all of them, the likeliest first. `confidence`: how much likelier the other label is, 0–1. */
  suspectLabels?: {
    share: number;
    rows: { row: number; line?: number; file?: string; given: string; likely: string; confidence: number }[];
    /** The third of the rows whose class the others tell most surely: how many, what share of them and of all rows carries another label than
     * the likeliest, and what share would if the most frequent class were always said. */
    surest?: { rows: number; wrong: number; all: number; chance: number };
    /** Trainings of the plan itself, on the other folds, had a say. */
    network?: boolean;
  };
  /** The best predictor from one feature alone, by the plan's metric, beside the best from all others together. */
  singleFeature?: { column: string; score: number; others: number };
  /** How far inputs hang together: mean squared correlation of pairs of columns, less what chance gives (1 / rows). */
  inputDependence?: { value: number };
  /** How the judged targets differ from the training targets (regression), in units of the training spread. */
  targetDrift?: { shift: number; spread: number; rows: number };

  /** Types, quartiles and far-out cells of the training columns. */
  columnFacts?: ColumnFacts;
  /** Rows that are equal in all inputs and carry different classes. */
  conflictingLabels?: ConflictingLabels;
  /** How much of the target the place of a row in the file tells. */
  rowOrder?: RowOrder;
  /** Columns that are the target itself. */
  targetCopies?: TargetCopies;
  /** Columns that are distributed differently in the judged rows. */
  partDrift?: PartDrift;
  /** The columns of the file as they are written, before any becomes a number. */
  sourceColumns?: SourceColumn[];

  // One part per probe: short trainings made on purpose.
  /** The plan's network trained on one batch alone, without dropout and penalties. */
  overfitOneBatch?: {
    rows: number;
    steps: number;
    first: number;
    last: number;
    score: number;
    /** Loss of the best constant answer on that batch. */
    baselineLoss: number;
  };
  /** The plan trained for `steps` steps at each rate; losses: mean of the last tenth (NaN: diverged). */
  learningRateSweep?: { rates: number[]; losses: number[]; own: number; steps: number; start: number };
  /** The same training with every input 0, beside the plain one. */
  zeroedInputs?: { score: number; loss: number; plain: Scored };
  /** The same training with the training labels permuted, beside the plain one. */
  shuffledLabels?: { score: number; loss: number; plain: Scored };
  /** The plan on the source without repeated rows, beside the plain one: what its score owes to rows that are on both sides. */
  withoutCopies?: { score: number; rows: number; plain: number };
  /** The plan trained on a share of the training rows: score on the judged rows. */
  learningCurve?: { share: number; rows: number; score: number /** Of each seed. */; scores?: number[] }[];
  /** The plan with another width or depth of its hidden layers: score on the judged rows. */
  capacity?: { change: "as it is" | `${"half" | "twice"} as ${"wide" | "deep"}`; score: number }[];
  /** The plan with other batches, over as many epochs; `own`: the plan's. */
  batchSizes?: { size: number; own: boolean; score: number }[];
};

/** The names of the parts. */
export type Part = Exclude<keyof Case, "version">;

type Field<Path extends string, Whole> = `${Path}.${keyof NonNullable<Whole> & string}`;

/** What a check may need: a whole part, or one field where a log may know some of them only. */
export type Need =
  | Part
  | Field<"training", Training>
  | Field<"training.loss", Training["loss"]>
  | Field<"training.optimizer", Training["optimizer"]>
  | Field<"dataPlan", DataPlan>
  | Field<"start", StartRecord>
  | Field<"start.rows", StartRecord["rows"]>
  | Field<"steps", Case["steps"]>;
