/** The learning rate over a training. */
import type { Plan } from "../plan/plan.ts";

type ScheduleSettings = NonNullable<Plan["training"]["schedule"]>;
type Plateaued = Extract<ScheduleSettings, { name: "reduceOnPlateau" }>;
export type Moment = { step: number; epoch: number; steps: number; epochs: number; stepsPerEpoch: number };

// PyTorch's OneCycleLR: starts at 1/25 of the learning rate, rises over 0.3 of the steps, ends near 0 in the last.
const CYCLE = { start: 1 / 25, rise: 0.3, end: 1e-4 / 25 };
const halfCosine = (from: number, to: number, share: number) =>
  to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;

/** The factor on the learning rate at a moment (step and epoch count from 0). */
function factorAt(schedule: ScheduleSettings, { step, epoch, steps, stepsPerEpoch }: Moment): number {
  switch (schedule.name) {
    case "exponential":
      return schedule.factor ** epoch;
    case "step":
      return schedule.factor ** Math.floor(epoch / schedule.every);
    case "cosine":
      return halfCosine(1, 0, step / steps);
    case "warmup":
      return Math.min(1, (step + 1) / (schedule.epochs * stepsPerEpoch));
    case "oneCycle": {
      const [peak, last] = [CYCLE.rise * steps - 1, steps - 1];
      return step <= peak
        ? halfCosine(CYCLE.start, 1, step / peak)
        : halfCosine(1, CYCLE.end, (step - peak) / (last - peak));
    }
    case "cosineRestarts": {
      const period = schedule.every * stepsPerEpoch;
      return halfCosine(1, 0, (step % period) / period);
    }
    case "reduceOnPlateau":
      return 1; // Plateau decides it from the loss after each epoch.
  }
}

/** The learning rate of a step: the plan's, with its optimizer's own decay (divided by 1 + decay · step) and its schedule. */
export function rateAt({ optimizer, schedule }: Plan["training"], at: Moment): number {
  const rate = optimizer.learningRate / (1 + optimizer.decay * at.step);
  return schedule ? rate * factorAt(schedule, at) : rate;
}

// Keras' ReduceLROnPlateau: an improvement is a loss lower by more than 1e-4.
const MIN_DELTA = 1e-4;

/** reduceOnPlateau: multiplies the learning rate by `factor` each time the loss has not improved for `patience` epochs. */
export type Plateau = { factor: number; best: number; waited: number };

export const freshPlateau = (): Plateau => ({ factor: 1, best: Number.POSITIVE_INFINITY, waited: 0 });

export function watch(plateau: Plateau, loss: number, settings: Plateaued): Plateau {
  if (loss < plateau.best - MIN_DELTA) return { ...plateau, best: loss, waited: 0 };
  const waited = plateau.waited + 1;
  return waited < settings.patience
    ? { ...plateau, waited }
    : { ...plateau, factor: plateau.factor * settings.factor, waited: 0 };
}
