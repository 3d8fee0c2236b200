/** What to bring or run so that an open question can be answered. */

import { causeOf, type Outcome } from "../trials/fix.ts";
import { seedsNeeded, smallestGain } from "../trials/power.ts";
import { improvements } from "../trials/statistics.ts";
import { scoreFormat } from "./format.ts";
import type { Told } from "./told.ts";

const MOST = 3;

/** @param prove the command that would try the remedies, where none was tried. */
export function settleOf(outcome: Outcome, told: readonly Told[], prove?: string): string[] {
  if (prove) return told.length > 0 ? [`Prove it: ${prove} tries the remedies on paired seeds.`] : [];
  if (outcome.interrupted) return ["Let it run to its end: what it had not reached by then stays open."];
  const open = told.filter(({ proof }) => proof === "untried" || proof === "unclear").slice(0, MOST);
  return [
    ...(outcome.reduced && (told.length > 0 || outcome.screened.length > 0)
      ? ["Give it more time (--budget) for a proof on all rows."]
      : []),
    ...open.map((one) =>
      one.proof === "unclear"
        ? undecided(outcome, one)
        : `“${causeOf(one.cause).title}” was not tried: a larger --budget would.`,
    ),
  ];
}

/** A proof that decided nothing: by its own spread, how many seeds would; else what the validation rows can show at all. */
function undecided({ proofs, examined: { known }, before }: Outcome, { cause }: Told): string {
  const { title } = causeOf(cause);
  const proof = proofs.find(({ of }) => of.cause === cause)?.proof;
  const seeds = proof && seedsNeeded(improvements(proof.before, proof.after, known.metric!));
  if (seeds)
    return `Whether “${title}” matters is open: by the spread of the trials, --seeds ${seeds} would settle it.`;
  const rows = known.profile?.split.validation ?? 0;
  const name = known.metric?.name ?? "";
  if (rows === 0 || !["accuracy", "balancedAccuracy", "binaryAccuracy"].includes(name))
    return `Whether “${title}” matters is open: more seeds (--seeds) or more validation rows would settle it.`;
  const count = Math.max(2, proof?.before.length ?? before.scores.length);
  return `Whether “${title}” matters is open: ${rows} validation rows and ${count} seeds can prove gains of about ${scoreFormat(name)(smallestGain(rows, count))} and more.`;
}
