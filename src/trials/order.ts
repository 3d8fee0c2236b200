/** The order of proved causes. A repair is not a cause: a higher learning rate or more epochs compensate for many other faults. */
import type { Cause } from "../causes/cause.ts";

type Standing = {
  stage: Cause["stage"];
  /** 0–1 */
  suspicion: number;
  /** The mean gain of its remedy; null where none was measured. */
  gain: number | null;
  /** Whether it was measured directly. */
  evident: boolean;
  /** Whether its remedy adds nothing once that of another cause is applied. */
  explained: boolean;
};

export type Order = { data: number; network: number; training: number; evident: number; explained: number };

// Chosen by hand: the weights of direct evidence and of the place upstream, relative to the share of the largest gain.
export const ORDER: Order = { data: 0.3, network: 0.2, training: 0, evident: 0.5, explained: 0.7 };

/** @param most the largest gain among the causes compared. */
export function standing(
  { stage, suspicion, gain, evident, explained }: Standing,
  most: number,
  order = ORDER,
): number {
  const share = gain !== null && most > 0 ? Math.max(0, Math.min(1, gain / most)) : 0;
  return suspicion + share + order[stage] + (evident ? order.evident : 0) - (explained ? order.explained : 0);
}
