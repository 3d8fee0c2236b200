/** What to bring or run so that an open question can be answered. */

import { measureOf } from "../../case/collect.ts";
import { causeOf } from "../../causes/index.ts";
import { mean } from "../../data/statistics.ts";
import type { Outcome } from "../../trials/outcome.ts";
import { seedsNeeded, smallestGain } from "../../trials/power.ts";
import { improvements, worthHaving } from "../../trials/statistics.ts";
import type { Tried } from "../../trials/tried.ts";
import { count, number } from "../../words.ts";
import type { Told } from "./reported.ts";
import { tooFewRows } from "./verdict.ts";

const MOST = 3;
/** What --seeds is when nothing is said. */
const SEEDS = 5;

/** All of an Outcome that tells what is open. */
export type Settling = Omit<Tried, "proofs"> &
  Pick<Outcome, "interrupted"> & {
    proofs: readonly { of: { cause: string }; proof: { before: readonly number[]; after: readonly number[] } }[];
  };

/** @param prove the command that would try the remedies, where none was tried. */
export function settleOf(outcome: Settling, told: readonly Told[], prove?: string): string[] {
  if (prove) return told.length > 0 ? [`Prove it: ${prove} tries the remedies on paired seeds.`] : [];
  const few = tooFewRows(outcome);
  if (few !== null)
    return [
      `Give it more validation rows (data.validation): ${count(few, "row")} cannot tell a good network from a lucky one.`,
    ];
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
    ...unseen(outcome, told),
  ];
}

const SHARES = ["accuracy", "balancedAccuracy", "binaryAccuracy"];
const points = (gain: number) => `${number(Number((100 * gain).toPrecision(2)))} points`;

/** Where nothing was found though there is room: what so few rows could not have shown. */
function unseen({ before, screened, proofs, examined: { known } }: Settling, told: readonly Told[]): string[] {
  const rows = known.profile?.split.validation ?? 0;
  const scores = before.scores.filter(Number.isFinite);
  if (told.length > 0 || screened.length === 0 || scores.length === 0 || rows === 0) return [];
  if (!known.metric || !SHARES.includes(known.metric.name) || known.metric.split !== "validation") return [];
  const seeds = Math.max(SEEDS, ...proofs.map(({ proof }) => proof.before.length));
  const [least, own] = [smallestGain(rows, seeds), mean(scores)];
  if (least <= worthHaving(own, known.metric) || least > 1 - own) return [];
  return [
    `${count(rows, "validation row")} and ${count(seeds, "seed")} can prove gains of about ${points(least)} and more; smaller ones take more rows.`,
  ];
}

/** A proof that decided nothing: by its own spread, how many seeds would; else what the validation rows can show at all. */
function undecided({ proofs, examined: { known }, before }: Settling, { cause }: Told): string {
  const { title } = causeOf(cause);
  const proof = proofs.find(({ of }) => of.cause === cause)?.proof;
  const seeds = proof && seedsNeeded(improvements(proof.before, proof.after, measureOf(known)));
  if (seeds)
    return `Whether “${title}” matters is open: by the spread of the trials, --seeds ${seeds} would settle it.`;
  const rows = known.profile?.split.validation ?? 0;
  const name = known.metric?.name ?? "";
  if (rows === 0 || !SHARES.includes(name))
    return `Whether “${title}” matters is open: more seeds (--seeds) or more validation rows would settle it.`;
  const trained = Math.max(2, proof?.before.length ?? before.scores.length);
  return `Whether “${title}” matters is open: ${count(rows, "validation row")} and ${count(trained, "seed")} can prove gains of about ${points(smallestGain(rows, trained))} and more.`;
}
