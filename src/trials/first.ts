/** The first look: the plan trained on a few seeds and seen from all sides, before anything is edited. */
import type { Run } from "../run/run.ts";
import type { Size } from "./compare.ts";
import type { Subject } from "./examine.ts";
import type { Lab } from "./lab.ts";
import type { Cost } from "./measure.ts";

// Workers that share a processor's caches and the looks inside make a training somewhat dearer than its steps alone.
const OVERHEAD = 1.3;
// Shares of the time left: all seeds at once may take the first, a single whole training the second.
const ALL_SEEDS_SHARE = 0.3;
export const ONE_SEED_SHARE = 0.4;

/**
 * One training at least to its end, where the budget holds it; otherwise on `size` rows, which is added to `said`.
 * @param within what a training costs, and the threads that trainings share.
 */
export async function firstRuns(
  { plan }: Subject,
  seeds: readonly number[],
  lab: Lab,
  within: { cost: Cost; size: Size; threads: number },
  said: string[],
): Promise<Run[]> {
  const { cost, size, threads } = within;
  const each = (cost.training * OVERHEAD) / Math.min(threads, seeds.length);
  const count = each * seeds.length < lab.clock.left * ALL_SEEDS_SHARE ? seeds.length : 1;
  const variation = cost.training > lab.clock.left * ONE_SEED_SHARE ? size : undefined;
  if (variation)
    said.push(`One training of the plan does not fit into the budget: it was looked at on ${variation.rows} rows.`);
  const requests = seeds.slice(0, count).map((seed) => ({ plan, seed, variation, detail: "layers" as const }));
  const runs = await lab.train(requests, "training the plan");
  return runs.filter((run): run is Run => run !== null);
}

export const noneEnded = (signal?: AbortSignal): string =>
  `${signal?.aborted ? "It was interrupted" : "The budget ended"} before one training of the plan did.`;
