/** The plan with a quarter and with four times its batch, over as many epochs: does its score depend on it? */
import type { Job } from "../jobs/jobs.ts";
import { mean, type Probe, type ProbeContext } from "./probe.ts";

/** The steps of the remedies: less hardly shows over the noise of two seeds. Chosen by hand. */
const FACTORS = [1 / 4, 1, 4];
/** The least that tells a difference from noise; the checks ask for 2 points. */
const SEEDS = 2;

/** Batches of all rows and more are one size. */
function sizesOf({ plan, rows }: ProbeContext): number[] {
  const size = Math.min(plan.training.batchSize, rows);
  return [...new Set(FACTORS.map((factor) => Math.min(rows, Math.max(1, Math.round(size * factor)))))];
}

export const batchSize: Probe = {
  id: "batch-size",
  whole: true,
  jobs: (context) => {
    const { plan, seed } = context;
    return sizesOf(context).flatMap((size) =>
      Array.from(
        { length: SEEDS },
        (_, i): Job => ({
          plan: { ...plan, training: { ...plan.training, batchSize: size } },
          seed: seed + i,
          options: { scores: 1, trainScores: false },
        }),
      ),
    );
  },
  read: (runs, context) => ({
    batchSizes: sizesOf(context).map((size, k) => ({
      size,
      own: size === Math.min(context.plan.training.batchSize, context.rows),
      score: mean(runs.slice(k * SEEDS, (k + 1) * SEEDS).map(({ end }) => end?.score ?? Number.NaN)),
    })),
  }),
};
