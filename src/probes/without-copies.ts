/** The plan on its source without repeated rows: what does the score owe to rows that are on both sides of the split? */
import type { Plan } from "../plan/plan.ts";
import { mean, type Probe } from "./probe.ts";

const SEEDS = 2;

const once = (plan: Plan): Plan => ({ ...plan, data: { ...plan.data, drop: "duplicates" } });

export const withoutCopies: Probe = {
  id: "without-copies",
  whole: true,
  jobs: ({ plan, seed }) =>
    plan.data.drop === null
      ? [once(plan), plan].flatMap((one) =>
          Array.from({ length: SEEDS }, (_, i) => ({
            plan: one,
            seed: seed + i,
            options: { scores: 1, trainScores: false },
          })),
        )
      : [],
  read(runs) {
    if (runs.length === 0) return {};
    const score = (some: typeof runs) => mean(some.map(({ end }) => end?.score ?? Number.NaN));
    const left = runs[0].start?.rows;
    return {
      withoutCopies: {
        score: score(runs.slice(0, SEEDS)),
        rows: (left?.train ?? 0) + (left?.validation ?? 0),
        plain: score(runs.slice(SEEDS)),
      },
    };
  },
};
