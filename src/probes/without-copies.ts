/** The plan on its source without duplicate rows: how much of the score is due to rows that are in training and validation? */

import type { Case } from "../case/case.ts";
import { mean } from "../data/statistics.ts";
import type { Plan } from "../plan/plan.ts";
import type { Probe, ProbeContext } from "./probe.ts";

/** Seeds with and without them: the effect of duplicates is larger than the difference between two seeds. */
const SEEDS = 2;

/** With fewer rows an epoch is shorter, so there are more epochs and the number of steps stays the same. */
function once({ plan, known, rows }: ProbeContext): Plan {
  const left = Math.max(1, rows - (known.profile?.duplicates.within ?? 0));
  const epochs = Math.round((plan.training.epochs * rows) / left);
  return { ...plan, data: { ...plan.data, drop: "duplicates" }, training: { ...plan.training, epochs } };
}

/** Only equal rows are left out, not near copies: without equal rows the two plans are the same. */
const repeated = ({ profile }: Case): boolean =>
  profile === undefined || profile.duplicates.within + profile.duplicates.across > 0;

export const withoutCopies: Probe = {
  id: "without-copies",
  whole: true,
  jobs: (context) =>
    context.plan.data.drop === null && repeated(context.known)
      ? [once(context), context.plan].flatMap((one) =>
          Array.from({ length: SEEDS }, (_, i) => ({
            plan: one,
            seed: context.seed + i,
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
        seeds: SEEDS,
      },
    };
  },
};
