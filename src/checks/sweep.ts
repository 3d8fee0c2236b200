/** Where the plan's own learning rate lies in a learning-rate sweep. */

import type { Case } from "../case/case.ts";
import { smallest } from "../lists.ts";

/** A sweep in which no rate takes this part off the first loss says nothing about the rate. */
export const FALLS = 0.02;

type Position = {
  best: number;
  own: number;
  /** log10(own / best). */
  decades: number;
  ownLoss: number;
  bestLoss: number;
  /** Part of the fall at the best rate that the plan's own rate misses: 0 none, 1 all. */
  missed: number;
  /** The lowest rate from which on the loss diverges or ends above its start. */
  limit?: number;
};

/** Undefined when no rate got anywhere. */
export function position({ rates, losses, own, start }: NonNullable<Case["learningRateSweep"]>): Position | undefined {
  const order = rates.map((_, i) => i).sort((a, b) => rates[a] - rates[b]);
  const [x, y] = [order.map((i) => rates[i]), order.map((i) => losses[i])];
  const usable = y.map((loss) => (Number.isFinite(loss) ? loss : Number.POSITIVE_INFINITY));
  const bestLoss = smallest(usable);
  const fall = start - bestLoss;
  if (!Number.isFinite(bestLoss) || !(fall > FALLS * Math.abs(start))) return;
  const best = x[usable.indexOf(bestLoss)];
  const ownLoss = interpolate(x, usable, own);
  // The wall begins behind the best rate, where training ends above its start.
  const wall = x.findIndex((rate, i) => rate > best && !(usable[i] <= start));
  return {
    best,
    own,
    decades: Math.log10(own / best),
    ownLoss,
    bestLoss,
    missed: Number.isFinite(ownLoss) ? Math.min(1, Math.max(0, (ownLoss - bestLoss) / fall)) : 1,
    ...(wall >= 0 ? { limit: x[wall] } : {}),
  };
}

/** The loss at a rate between two of the sweep, straight over log rate; the nearest end outside. */
function interpolate(x: readonly number[], y: readonly number[], at: number): number {
  const after = x.findIndex((rate) => rate >= at * (1 - 1e-9));
  if (after <= 0) return after === 0 ? y[0] : y[y.length - 1];
  const [x0, x1, y0, y1] = [Math.log(x[after - 1]), Math.log(x[after]), y[after - 1], y[after]];
  const part = (Math.log(at) - x0) / (x1 - x0);
  if (part > 0.999) return y1;
  return y0 + (y1 - y0) * part;
}
