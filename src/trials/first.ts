/** The first trainings of the plan, on a few seeds and observed in full, before anything is edited. */
import type { Run } from "../run/run.ts";
import type { Size } from "./compare.ts";
import type { Cost } from "./cost.ts";
import type { Lab } from "./lab.ts";
import type { Subject } from "./subject.ts";

// Workers that share a processor's caches and the looks inside make a training somewhat dearer than its steps alone.
const OVERHEAD = 1.4;
// Shares of the time left: all seeds at once may take the first; a single training the second, so that an edited plan can be trained too.
const ALL_SEEDS_SHARE = 0.08;
const ONE_SEED_SHARE = 0.3;

export type First = {
  seeds: number[];
  /** Of the seeds, those whose training ended. */
  runs: Run[];
  /** The rows it was trained on; undefined: all. */
  size: Size;
  /** What a training costs, seen now on whole trainings. */
  cost: Cost;
};

/** Trainings of the plan on `seeds`, or as many as run side by side; on fewer rows where the budget does not hold one, which is added to `notes`. */
export async function firstRuns(
  { plan }: Subject,
  seeds: readonly number[],
  rows: number | undefined,
  lab: Lab,
  cost: Cost,
  notes: string[],
): Promise<First> {
  const { left, spent: began } = lab.budget;
  const { abreast } = cost;
  const each = (cost.training * OVERHEAD) / Math.min(abreast, seeds.length);
  const all = cost.training > 0 && each * seeds.length < left * ALL_SEEDS_SHARE;
  const count = all ? seeds.length : Math.min(abreast, seeds.length);
  const share = rows === undefined ? 1 : Math.min(1, (left * ONE_SEED_SHARE) / cost.training);
  const size =
    rows !== undefined && share < 1
      ? ({ kind: "rows", rows: Math.max(1, Math.floor(rows * share)) } as const)
      : undefined;
  if (size) notes.push(`One training of the plan does not fit into the budget: it was trained on ${size.rows} rows.`);
  const own = seeds.slice(0, count);
  const requests = own.map((seed) => ({ plan, seed, variation: size, detail: "layers" as const }));
  const runs = (await lab.train(requests, "training the plan")).filter((run) => run !== null);
  const seen = (lab.budget.spent - began) / Math.ceil(count / abreast) / OVERHEAD / share;
  return { seeds: own, runs, size, cost: { ...cost, training: Math.max(cost.training, seen) } };
}

export const noneEnded = (signal?: AbortSignal): string =>
  `${signal?.aborted ? "It was interrupted" : "The budget ended"} before one training of the plan did.`;
