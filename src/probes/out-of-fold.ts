/** The plan trained on all folds of the rows but one, each in turn: which labels does it contradict where it did not see them? */

import type { Case } from "../case/case.ts";
import type { Dataset } from "../data/dataset.ts";
import { type OutOfFold, suspectLabels } from "../data/evidence/suspect-labels.ts";
import type { Job } from "../jobs/jobs.ts";
import { largest } from "../lists.ts";
import type { Plan } from "../plan/plan.ts";
import type { Run } from "../run/run.ts";
import type { Probe, ProbeContext } from "./probe.ts";

/** As cleanlab does by default. */
const FOLDS = 5;
/** Networks that start elsewhere are wrong elsewhere: their mean is better than one. Chosen by hand. */
const MOST_SEEDS = 5;
/** The suspects are what a user looks at: as many steps as two other probes. Chosen by hand. */
const STEPS = 2;

/**
 * Up to the epoch at which the plan's own training did best on rows that it did not see: later it learns wrong labels by heart (Arpit et
 * al. 2017), and is as wrong about others.
 */
function epochsOf(plan: Plan, { epochs = [] }: Case): number {
  const judged = epochs.flatMap(({ epoch, validation }) =>
    validation?.loss !== undefined && Number.isFinite(validation.loss) ? [{ epoch, loss: validation.loss }] : [],
  );
  if (judged.length === 0) return plan.training.epochs;
  return judged.reduce((best, one) => (one.loss < best.loss ? one : best)).epoch;
}

/** Trainings of a plan for each fold; the seeds deal the rows out anew. */
function foldJobs(plan: Plan, epochs: number, seeds: readonly number[]): Job[] {
  const { validation } = plan.data;
  const own = validation !== null && !("source" in validation);
  return seeds.flatMap((seed) =>
    Array.from({ length: FOLDS }, (_, fold) => ({
      plan: { ...plan, training: { ...plan.training, epochs, earlyStopping: null } },
      seed,
      variation: { kind: "fold" as const, fold, of: FOLDS, validation: own },
      options: { scores: 1, trainScores: false, predictions: true },
    })),
  );
}

/** The mean probabilities over the runs; null where the outputs are none of the classes. */
export function probabilities(runs: readonly Run[], { table: { target } }: Dataset): OutOfFold | null {
  if (target.kind !== "classes") return null;
  const sums = new Map<number, { p: Float64Array; count: number }>();
  for (const { predictions, end } of runs) {
    if (!predictions || end?.reason === "diverged") continue;
    const { rows, units, outputs } = predictions;
    if (units === 1 ? target.values.some((v) => v !== 0 && v !== 1) : target.values.some((v) => !(v >= 0 && v < units)))
      return null;
    const logits = outputs.some((v) => !(v >= 0 && v <= 1));
    rows.forEach((row, i) => {
      const told = sums.get(row) ?? { p: new Float64Array(target.values.length), count: 0 };
      const own = shares(outputs.slice(i * units, (i + 1) * units), logits);
      target.values.forEach((v, k) => {
        told.p[k] += units === 1 && v === 0 ? 1 - own[0] : own[units === 1 ? 0 : v];
      });
      told.count++;
      sums.set(row, told);
    });
  }
  return new Map([...sums].map(([row, { p, count }]) => [row, p.map((v) => v / count)]));
}

/** Outputs of one row as probabilities: of softmax or of one sigmoid as they are, of several made to sum to 1, of logits by their formula. */
function shares(outputs: readonly number[], logits: boolean): number[] {
  if (outputs.length === 1) return logits ? [1 / (1 + Math.exp(-outputs[0]))] : [...outputs];
  const top = largest(outputs);
  const parts = logits ? outputs.map((v) => Math.exp(v - top)) : outputs;
  const total = parts.reduce((a, b) => a + b, 0);
  return parts.map((v) => (total > 0 ? v / total : 1 / parts.length));
}

export const outOfFold: Probe = {
  id: "out-of-fold",
  jobs({ plan, known, seed, steps, stepsPerEpoch, data }: ProbeContext) {
    if (known.task !== "classification" || data.stored) return [];
    const epochs = epochsOf(plan, known);
    const seeds = Math.min(MOST_SEEDS, Math.floor((STEPS * steps) / (FOLDS * epochs * stepsPerEpoch)));
    return foldJobs(
      plan,
      epochs,
      Array.from({ length: Math.max(0, seeds) }, (_, i) => seed + i),
    );
  },
  read(runs: readonly Run[], { dataset, data }: ProbeContext) {
    const told = probabilities(runs, dataset);
    const found = told && told.size > 0 ? suspectLabels(dataset, data, told) : undefined;
    return found ? { suspectLabels: found } : {};
  },
};
