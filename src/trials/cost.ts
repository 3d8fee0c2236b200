/** What trainings cost, in the unit of the budget. */
import type { Job, Variation } from "../jobs/jobs.ts";
import type { Plan } from "../plan/plan.ts";

export type Cost = {
  /** Of a step, and of a whole training, alone. */
  step: number;
  training: number;
  /** How many are had at the price of one, side by side. */
  abreast: number;
};

/** What a job costs in trainings of `base` on so many rows: its rows or its steps in proportion, whichever are more. */
export function priceOf(base: Plan, rows: number): (job: Pick<Job, "plan" | "variation">) => number {
  const own = base.training;
  return ({ plan: { training }, variation }) =>
    (training.epochs / Math.max(1, own.epochs)) *
    (rowsOf(variation, rows) / rows) *
    Math.max(1, Math.min(rows, own.batchSize) / Math.min(rows, training.batchSize));
}

function rowsOf(variation: Variation | undefined, rows: number): number {
  if (variation?.kind === "rows" || variation?.kind === "one-batch") return Math.min(rows, variation.rows);
  return variation?.kind === "fold" ? (rows * (variation.of - 1)) / variation.of : rows;
}
