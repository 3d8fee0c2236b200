/** The first trainings of the plan, on a few seeds and observed in full, before anything is edited. */
import { count } from "../checks/words.ts";
import type { Run } from "../run/run.ts";
import type { Size } from "./compare.ts";
import type { Cost } from "./cost.ts";
import type { Lab } from "./lab.ts";
import type { Subject } from "./subject.ts";

// Shared processor caches and the snapshots of the layers make a training somewhat more expensive than its steps alone.
const OVERHEAD = 1.4;
// The shares of the time left for all seeds at once and for a single training, so that an edited plan can be trained too.
const ALL_SEEDS_SHARE = 0.08;
const ONE_SEED_SHARE = 0.3;

export type First = {
  seeds: number[];
  /** Those of the seeds whose training ended. */
  runs: Run[];
  /** The rows it was trained on; undefined: all. */
  size: Size;
  /** The cost of a training, now measured on whole trainings. */
  cost: Cost;
};

/** Trains the plan on `seeds`, or on as many as run side by side; on fewer rows where not even one training fits the budget, with a sentence in `notes`. */
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
  const most = all ? seeds.length : Math.min(abreast, seeds.length);
  const share = rows === undefined ? 1 : Math.min(1, (left * ONE_SEED_SHARE) / cost.training);
  const size =
    rows !== undefined && share < 1
      ? ({ kind: "rows", rows: Math.max(1, Math.floor(rows * share)) } as const)
      : undefined;
  if (size)
    notes.push(`The budget does not hold one full run of the plan, so it was examined on ${count(size.rows, "row")}.`);
  const own = seeds.slice(0, most);
  const requests = own.map((seed) => ({ plan, seed, variation: size, detail: "layers" as const }));
  const runs = (await lab.train(requests, "training the plan")).filter((run) => run !== null);
  const measured = (lab.budget.spent - began) / Math.ceil(most / abreast) / OVERHEAD / share;
  return { seeds: own, runs, size, cost: { ...cost, training: Math.max(cost.training, measured) } };
}

export const noneEnded = (signal?: AbortSignal): string =>
  `${signal?.aborted ? "It was interrupted" : "The budget ended"} before one run of the plan was complete.`;
