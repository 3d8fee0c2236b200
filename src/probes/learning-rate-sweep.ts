/** Trains from the same initial weights at many learning rates around that of the plan: is its own close to the best, below, or above? */
import { mean } from "../data/statistics.ts";
import type { Job } from "../jobs/jobs.ts";
import { type Probe, type ProbeContext, shortened } from "./probe.ts";

// Three decades either way in steps of half a decade, which is wider than the range of learning rates at which a network learns at all.
const DECADES = [-3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3];
// Enough steps to distinguish a learning rate that works from one that is too low; the number of steps of the plan if that is smaller.
const STEPS = 400;
/** With fewer steps, the differences between learning rates are noise. */
const FEWEST = 20;

const ratesOf = ({ plan }: ProbeContext) => DECADES.map((d) => plan.training.optimizer.learningRate * 10 ** d);

/** Whole epochs, and so many rows, that the number of steps is as wanted. */
function shape({ plan, steps, rows, stepsPerEpoch }: ProbeContext): { epochs: number; rows: number; steps: number } {
  const wanted = Math.max(
    FEWEST,
    Math.min(STEPS, Math.floor(steps / DECADES.length), plan.training.epochs * stepsPerEpoch),
  );
  if (wanted >= stepsPerEpoch)
    return {
      epochs: Math.round(wanted / stepsPerEpoch),
      rows,
      steps: Math.round(wanted / stepsPerEpoch) * stepsPerEpoch,
    };
  return { epochs: 1, rows: Math.min(rows, wanted * plan.training.batchSize), steps: wanted };
}

/** The mean of the last tenth; NaN for a training that diverged. */
function last(losses: readonly number[]): number {
  if (losses.some((loss) => !Number.isFinite(loss))) return Number.NaN;
  return mean(losses.slice(-Math.max(1, Math.ceil(losses.length / 10))));
}

export const learningRateSweep: Probe = {
  id: "learning-rate-sweep",
  jobs(context) {
    const { epochs, rows } = shape(context);
    const plan = shortened(context.plan, epochs);
    return ratesOf(context).map(
      (learningRate): Job => ({
        plan: { ...plan, training: { ...plan.training, optimizer: { ...plan.training.optimizer, learningRate } } },
        seed: context.seed,
        variation: rows < context.rows ? { kind: "rows", rows } : undefined,
        options: { scores: 1, trainScores: false },
      }),
    );
  },
  read: (runs, context) => ({
    learningRateSweep: {
      rates: ratesOf(context),
      losses: runs.map((run) => last(run.steps.loss)),
      own: context.plan.training.optimizer.learningRate,
      steps: shape(context).steps,
      start: runs[0].steps.loss[0],
    },
  }),
};
