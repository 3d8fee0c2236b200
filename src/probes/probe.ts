/** What a probe is: a short training for one question, and the part of the Case that it fills in. */

import type { Case } from "../case/case.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Prepared } from "../data/prepare.ts";
import { mean } from "../data/statistics.ts";
import type { Scored } from "../engine/events.ts";
import type { Job } from "../jobs/jobs.ts";
import type { Plan } from "../plan/plan.ts";
import type { Run } from "../run/run.ts";
import type { ProbeId } from "./parts.ts";

export type ProbeContext = {
  plan: Plan;
  seed: number;
  known: Case;
  dataset: Dataset;
  data: Prepared;
  /** Training rows, and steps in an epoch. */
  rows: number;
  stepsPerEpoch: number;
  /** How many training steps (of one training) the probe may take in all. */
  steps: number;
};

export type Probe = {
  id: ProbeId;
  /** Repeats the whole training, which is too much where the budget is small. */
  whole?: boolean;
  /** The trainings that it needs; none where it would show nothing. */
  jobs(context: ProbeContext): Job[];
  /** The part of the Case from their runs, which are in the order of `jobs`. */
  read(runs: readonly Run[], context: ProbeContext): Partial<Case>;
};

/** The plan with so many epochs, a constant learning rate and no early stopping. */
export function shortened(plan: Plan, epochs: number): Plan {
  return { ...plan, training: { ...plan.training, epochs, schedule: null, earlyStopping: null } };
}

/** Seeds for each size that is compared: the fewest that show a difference of 2 points, as the checks require it. */
export const SEEDS = 2;

/** Whole trainings of a plan on a few seeds, of which only the score is used. */
export const onSeeds = (plan: Plan, seed: number, variation?: Job["variation"], seeds = SEEDS): Job[] =>
  Array.from({ length: seeds }, (_, i) => ({
    plan,
    seed: seed + i,
    variation,
    options: { scores: 1, trainScores: false },
  }));

/** The scores of the `k`th plan of several that were trained by `onSeeds`. */
export const scoresOf = (runs: readonly Run[], k: number, seeds = SEEDS): number[] =>
  runs.slice(k * seeds, (k + 1) * seeds).map(({ end }) => end?.score ?? Number.NaN);

/** Their mean. */
export const scoreOf = (runs: readonly Run[], k: number): number => mean(scoresOf(runs, k));

/** Trainings of the plan with changed data, and as it is. */
export const beside = ({ plan, seed }: ProbeContext, kind: "zeroed-inputs" | "shuffled-labels"): Job[] =>
  [{ kind } as const, undefined].map((variation) => ({
    plan,
    seed,
    variation,
    options: { scores: 1, trainScores: false },
  }));

/** The score and loss of the changed training of `beside`, and of the plain one. */
export function besides(runs: readonly Run[]): Scored & { plain: Scored } {
  const [changed, plain] = runs.map(({ end }): Scored => {
    const evaluated = end?.validation ?? end?.train;
    return { score: evaluated?.score ?? Number.NaN, loss: evaluated?.loss ?? Number.NaN };
  });
  return { ...changed, plain };
}
