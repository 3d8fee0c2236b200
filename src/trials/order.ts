/** In which order to think of causes that are proved. Repair is not cause: a higher rate or more epochs mend much that something else broke. */
import type { Cause } from "../causes/cause.ts";

type Standing = {
  stage: Cause["stage"];
  /** 0–1 */
  suspicion: number;
  /** Mean gain of its remedy; null when none was measured. */
  gain: number | null;
  /** Measured directly. */
  evident: boolean;
  /** Its remedy brings nothing once that of another cause is made. */
  explained: boolean;
};

export type Order = { data: number; network: number; training: number; evident: number; explained: number };

// Chosen by hand: direct evidence, then the place upstream, weigh against the share of the largest gain.
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
