/** What to bring or run so that an open question can be answered, a sentence each. */

import { measureOf } from "../../case/collect.ts";
import { causeOf } from "../../causes/index.ts";
import { countsRows } from "../../checks/scores.ts";
import { mean } from "../../data/statistics.ts";
import type { Outcome } from "../../trials/outcome.ts";
import { seedsNeeded, smallestGain } from "../../trials/power.ts";
import { improvements, worthHaving } from "../../trials/statistics.ts";
import type { Tried } from "../../trials/tried.ts";
import { count, number } from "../../words.ts";
import type { Reported } from "./reported.ts";
import { tooFewRows } from "./verdict.ts";

const MOST = 3;
/** What --seeds is when nothing is said. */
const SEEDS = 5;

/** The parts of an Outcome that show what is open. */
export type Settling = Omit<Tried, "proofs"> &
  Pick<Outcome, "interrupted" | "omitted" | "limits"> & {
    proofs: readonly { of: { cause: string }; proof: { before: readonly number[]; after: readonly number[] } }[];
  };

/** @param prove the command that would try the remedies, where none was tried. */
export function settleOf(outcome: Settling, reported: readonly Reported[], prove?: string): string[] {
  if (prove) return reported.length > 0 ? [`To test these causes, try their fixes on paired seeds: ${prove}`] : [];
  const few = tooFewRows(outcome);
  if (few !== null)
    return [`Use more validation rows (data.validation): the score on ${count(few, "row")} is mostly chance.`];
  if (outcome.interrupted) return ["Run it again to the end: what had not been tried by then stays open."];
  const open = reported.filter(({ proof }) => proof === "untried" || proof === "unclear").slice(0, MOST);
  return [
    ...(outcome.reduced && (reported.length > 0 || outcome.screened.length > 0)
      ? [`Use a larger ${optionOf(outcome)} for a proof on all rows.`]
      : []),
    ...open.map((one) => (one.proof === "unclear" ? undecided(outcome, one) : untried(outcome, one))),
    ...unseen(outcome, reported),
  ];
}

/** The option that gives more of what the budget is counted in. */
const optionOf = ({ limits }: Pick<Outcome, "limits">): string =>
  limits.unit === "trainings" ? "--trainings" : "--budget";

/** From here on it was not the budget that kept others from being tried. */
const MUCH_LEFT = 0.5;

/** Why a cause was not tried. */
function untried(outcome: Settling, { cause }: Reported): string {
  const { title } = causeOf(cause);
  const { limits } = outcome;
  const one = outcome.omitted.find((other) => other.cause === cause);
  if (one?.why === "no-edit") return `“${title}” was not tested: no change to this plan would show it.`;
  if (one?.why === "same")
    return `“${title}” was not tested on its own: its change to the plan is the one tested for “${causeOf(one.as).title}”.`;
  if (limits.left > MUCH_LEFT * limits.whole)
    return `“${title}” was not tested: the changes for likelier causes came first.`;
  return `“${title}” was not tested; a larger ${optionOf(outcome)} makes room for it.`;
}

const points = (gain: number) => `${number(Number((100 * gain).toPrecision(2)))} points`;

/** Where nothing was found though there is room: what so few rows cannot show. */
function unseen({ before, screened, proofs, examined: { known } }: Settling, reported: readonly Reported[]): string[] {
  const rows = known.profile?.split.validation ?? 0;
  const scores = before.scores.filter(Number.isFinite);
  if (reported.length > 0 || screened.length === 0 || scores.length === 0 || rows === 0) return [];
  if (!known.metric || !countsRows(known.metric) || known.metric.split !== "validation") return [];
  const seeds = Math.max(SEEDS, ...proofs.map(({ proof }) => proof.before.length));
  const [least, own] = [smallestGain(rows, seeds), mean(scores)];
  if (least <= worthHaving(own, known.metric) || least > 1 - own) return [];
  return [
    `With ${count(rows, "validation row")} and ${count(seeds, "seed")}, only improvements of about ${points(least)} or more can be proved; smaller ones need more rows.`,
  ];
}

/** An inconclusive proof: how many seeds would decide it, by its own variance; else what the validation rows can show at all. */
function undecided({ proofs, examined: { known }, before }: Settling, { cause }: Reported): string {
  const { title } = causeOf(cause);
  const proof = proofs.find(({ of }) => of.cause === cause)?.proof;
  const seeds = proof && seedsNeeded(improvements(proof.before, proof.after, measureOf(known)));
  if (seeds) return `“${title}” is undecided: given the variance between the seeds, --seeds ${seeds} should settle it.`;
  const rows = known.profile?.split.validation ?? 0;
  if (rows === 0 || !known.metric || !countsRows(known.metric))
    return `“${title}” is undecided: more seeds (--seeds) or more validation rows should settle it.`;
  const trained = Math.max(2, proof?.before.length ?? before.scores.length);
  return `“${title}” is undecided: with ${count(rows, "validation row")} and ${count(trained, "seed")}, only improvements of about ${points(smallestGain(rows, trained))} or more can be proved.`;
}
