/** The cost of trainings, in the unit of the budget. */
import type { Job, Variation } from "../jobs/jobs.ts";
import type { Plan } from "../plan/plan.ts";

export type Cost = {
  /** The cost of one step, and of a whole training that runs alone. */
  step: number;
  training: number;
  /** How many trainings side by side take as long as one. */
  abreast: number;
};

/** The cost of a job in trainings of `base` on `rows` rows: the ratio of its rows or of its steps, whichever is larger. Without `rows` only the steps count. */
export function priceOf(base: Plan, rows = Number.POSITIVE_INFINITY): (job: Pick<Job, "plan" | "variation">) => number {
  const own = base.training;
  return ({ plan: { training }, variation }) =>
    (training.epochs / Math.max(1, own.epochs)) *
    shareOf(variation, rows) *
    Math.max(1, Math.min(rows, own.batchSize) / Math.min(rows, training.batchSize));
}

/** Share of the rows that a job trains on. */
function shareOf(variation: Variation | undefined, rows: number): number {
  if (variation?.kind === "fold") return (variation.of - 1) / variation.of;
  const some = variation?.kind === "rows" || variation?.kind === "one-batch";
  return some && Number.isFinite(rows) ? Math.min(1, variation.rows / rows) : 1;
}
