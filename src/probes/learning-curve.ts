/** The plan on a part of the training rows, for as many steps: would more rows help? */
import { mean } from "../data/statistics.ts";
import type { Job } from "../jobs/jobs.ts";
import { onSeeds, type Probe, type ProbeContext, scoresOf } from "./probe.ts";

/** Doublings: the gain of the last one shows what twice as many rows would gain. */
const SHARES = [1 / 8, 1 / 4, 1 / 2, 1];
/** Fewer rows are too few to train on; 20 training rows, the smallest usual number, still give the three points that the check requires. */
const FEWEST_ROWS = 5;

/** The differences between seeds give the width of the interval, so there are more seeds where the budget allows it. */
const [LEAST_SEEDS, MOST_SEEDS] = [2, 5];

const sharesOf = ({ rows }: ProbeContext) => SHARES.filter((share) => rows * share >= FEWEST_ROWS);

const seedsOf = (context: ProbeContext): number => {
  const one = sharesOf(context).length * context.plan.training.epochs * context.stepsPerEpoch;
  return Math.max(LEAST_SEEDS, Math.min(MOST_SEEDS, Math.floor(context.steps / Math.max(1, one))));
};

/** With fewer rows an epoch is shorter, so there are more epochs and the number of steps stays the same. */
function jobsOf(context: ProbeContext): Job[] {
  const { plan, rows, seed, stepsPerEpoch } = context;
  const seeds = seedsOf(context);
  return sharesOf(context).flatMap((share) => {
    const part = Math.floor(rows * share);
    const steps = Math.ceil(part / Math.min(part, plan.training.batchSize));
    const epochs = Math.max(1, Math.round((plan.training.epochs * stepsPerEpoch) / steps));
    return share === 1
      ? onSeeds(plan, seed, undefined, seeds)
      : onSeeds({ ...plan, training: { ...plan.training, epochs } }, seed, { kind: "rows", rows: part }, seeds);
  });
}

export const learningCurve: Probe = {
  id: "learning-curve",
  whole: true,
  jobs: jobsOf,
  read: (runs, context) => ({
    learningCurve: sharesOf(context).map((share, k) => {
      const scores = scoresOf(runs, k, seedsOf(context));
      return { share, rows: Math.floor(context.rows * share), score: mean(scores), scores };
    }),
  }),
};
