/** The Case: all that is known of one training attempt, plain JSON, every part optional; collectors write it, checks read it, nobody does both. */
import type { Profile } from "../data/profile.ts";
import type { Plan } from "../plan/plan.ts";

export type Task = "classification" | "multilabel" | "regression" | "sequence";

/** What one layer did on the rows that were looked at. A layer tells only what applies to it. */
export type LayerStats = {
  name: string;
  activation?: {
    mean: number;
    std: number;
    /** Share of outputs that are exactly 0. */
    zeros: number;
    /** Share of outputs in the flat part of a bounded activation. */
    saturated: number;
    /** Share of units that are 0 for every row looked at. */
    deadUnits: number;
  };
  /** L2 norm of the gradient of its weights. */
  gradient?: number;
  /** L2 norm of its weights. */
  weight?: number;
  /** ‖Δw‖ / ‖w‖ of one step. */
  update?: number;
};

export type LayersRecord = { step: number; epoch: number; layers: LayerStats[] };

export type Score = { loss: number; score: number };

/** One epoch, counted from 1. `train` is measured as the trainer reports it, `validation` with dropout off. */
export type EpochRecord = {
  epoch: number;
  step: number;
  train: Score;
  validation: Score | null;
  rate: number;
};

export type StartRecord = {
  epochs: number;
  stepsPerEpoch: number;
  parameters: number;
  rows: { train: number; validation: number };
  layers: { name: string; kind: string; units: number; parameters: number }[];
};

export type EndRecord = {
  reason: "finished" | "early-stopping" | "diverged" | "stopped";
  epoch: number;
  bestEpoch: number;
  divergedAt?: { step: number; epoch: number };
  score: number;
};

export type Baseline = { name: string; value: number };

export type ColumnSummary = { min: number; max: number; mean: number; std: number };

/** What may be known. A part that is absent was not looked at: that is ignorance, not health. */
export type Case = {
  version: 1;
  /** The complete plan, as the user has it. */
  plan?: Plan;
  task?: Task;
  /** What was measured of the data. */
  profile?: Profile;
  metric?: { name: string; better: "higher" | "lower"; split: "validation" | "training" };

  // The training of one seed: the one whose final score is the median of `scores`.
  start?: StartRecord;
  epochs?: EpochRecord[];
  /** One entry a step. */
  steps?: { loss: number[]; rate: number[] };
  layers?: LayersRecord[];
  end?: EndRecord;
  /** The final score of each seed; NaN for one that ended in NaN. */
  scores?: number[];
  /** Before the first step, on training rows: the loss (no penalties) and what each layer does. */
  initial?: { loss: number; layers: LayerStats[] };
  /** What the trained network says of the judged rows. */
  predictions?: {
    columns: ColumnSummary[];
    /** Classification: share of rows that are, and that are called, each class; recall = share of its rows that are found. */
    classes?: { name: string; actual: number; predicted: number; recall?: number }[];
    /** Regression: the true values of the same rows, in the units of `columns`. */
    targets?: ColumnSummary[];
  };

  // Measured of the data, beyond the profile.
  /** Simple predictors, scored by the plan's metric on the judged rows. */
  baselines?: Baseline[];
  /** Rows whose inputs are all one and the same number: shares of either part. */
  blankRows?: { train: number; validation: number };
  /** Judged rows that have a training row much nearer than training rows are to each other: share, and an example pair (source rows). */
  nearCopies?: { share: number; example?: { validation: number; train: number } };
  /** The best predictor from one feature alone, by the plan's metric, beside the best from all others together. */
  singleFeature?: { column: string; score: number; others: number };
  /** How far inputs hang together: mean squared correlation of pairs of columns, less what chance gives (1 / rows). */
  inputDependence?: { value: number };
  /** How the judged targets differ from the training targets (regression), in units of the training spread. */
  targetDrift?: { shift: number; spread: number; rows: number };

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
  zeroedInputs?: { score: number; loss: number; plain: Score };
  /** The same training with the training labels permuted, beside the plain one. */
  shuffledLabels?: { score: number; loss: number; plain: Score };
  /** The plan trained on a share of the training rows: score on the judged rows. */
  learningCurve?: { share: number; rows: number; score: number }[];
};

/** The names of the parts: what a check may need. */
export type Part = Exclude<keyof Case, "version">;

/** Which part a probe fills in. */
export const PROBES = {
  baselines: "baselines",
  "overfit-one-batch": "overfitOneBatch",
  "learning-rate-sweep": "learningRateSweep",
  "zeroed-inputs": "zeroedInputs",
  "shuffled-labels": "shuffledLabels",
  "learning-curve": "learningCurve",
  "near-copies": "nearCopies",
  "single-feature": "singleFeature",
} as const satisfies Record<string, Part>;

export type ProbeId = keyof typeof PROBES;
