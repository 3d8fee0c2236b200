/** The plan on a part of the training rows, for as many steps: would more rows help? */
import type { Job } from "../jobs/jobs.ts";
import { onSeeds, type Probe, type ProbeContext, scoreOf } from "./probe.ts";

/** Doublings: the gain of the last one says what as many rows again would bring. */
const SHARES = [1 / 8, 1 / 4, 1 / 2, 1];
/** Fewer rows are no training; 20, the least that are met, still make the three points that the check asks for. */
const FEWEST_ROWS = 5;

const sharesOf = ({ rows }: ProbeContext) => SHARES.filter((share) => rows * share >= FEWEST_ROWS);

/** Fewer rows make shorter epochs: more of them, so that the number of steps stays. */
function jobsOf(context: ProbeContext): Job[] {
  const { plan, rows, seed, stepsPerEpoch } = context;
  return sharesOf(context).flatMap((share) => {
    const part = Math.floor(rows * share);
    const steps = Math.ceil(part / Math.min(part, plan.training.batchSize));
    const epochs = Math.max(1, Math.round((plan.training.epochs * stepsPerEpoch) / steps));
    return share === 1
      ? onSeeds(plan, seed)
      : onSeeds({ ...plan, training: { ...plan.training, epochs } }, seed, { kind: "rows", rows: part });
  });
}

export const learningCurve: Probe = {
  id: "learning-curve",
  whole: true,
  jobs: jobsOf,
  read: (runs, context) => ({
    learningCurve: sharesOf(context).map((share, k) => ({
      share,
      rows: Math.floor(context.rows * share),
      score: scoreOf(runs, k),
    })),
  }),
};
