/** The curve of one training: losses and scores by epoch, of a run or of a log. */
import type { Case } from "./case.ts";

/** NaN where nothing was measured; `validation`: null without a validation part. */
export type Curve = {
  seed: number;
  epochs: number[];
  train: number[];
  validation: number[] | null;
  trainScore: number[];
  score: number[];
};

const LOST = { loss: Number.NaN, score: Number.NaN };

/** The curve of a training that diverged ends in a point of NaN at that epoch. */
export function curveOf(seed: number, { epochs = [], end, start }: Pick<Case, "epochs" | "end" | "start">): Curve {
  const points = epochs.map(({ epoch, train, validation, running = Number.NaN }) => ({
    epoch,
    train: { ...LOST, ...(train ?? { loss: running }) },
    validation: validation && { ...LOST, ...validation },
  }));
  const validated = (start?.rows?.validation ?? 0) > 0 || points.some(({ validation }) => validation);
  const lost = { train: LOST, validation: validated ? LOST : null };
  if (end?.divergedAt) points.push({ epoch: end.divergedAt.epoch, ...lost });
  return {
    seed,
    epochs: points.map(({ epoch }) => epoch),
    train: points.map(({ train }) => train.loss),
    validation: validated ? points.map(({ validation }) => validation?.loss ?? Number.NaN) : null,
    trainScore: points.map(({ train }) => train.score),
    score: points.map(({ train, validation }) => (validation ?? train).score),
  };
}
