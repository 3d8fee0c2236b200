/** The plan with a quarter and with four times its batch size, over as many epochs: does the score depend on it? */
import { onSeeds, type Probe, type ProbeContext, SEEDS, scoreOf } from "./probe.ts";

/** The same factors as in the remedies: the effect of smaller ones is within the noise of two seeds. Chosen by hand. */
const FACTORS = [1 / 4, 1, 4];

/** Batch sizes of all rows and more are the same size. */
function sizesOf({ plan, rows }: ProbeContext): number[] {
  const size = Math.min(plan.training.batchSize, rows);
  return [...new Set(FACTORS.map((factor) => Math.min(rows, Math.max(1, Math.round(size * factor)))))];
}

export const batchSize: Probe = {
  id: "batch-size",
  whole: true,
  jobs: (context) =>
    sizesOf(context).flatMap((size) => {
      const { plan, seed } = context;
      return onSeeds({ ...plan, training: { ...plan.training, batchSize: size } }, seed);
    }),
  read: (runs, context) => ({
    batchSizes: sizesOf(context).map((size, k) => ({
      size,
      own: size === Math.min(context.plan.training.batchSize, context.rows),
      score: scoreOf(runs, k),
      seeds: SEEDS,
    })),
  }),
};
