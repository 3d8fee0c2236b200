/** The verdict: one word for what the trials and the evidence allow to be said. */

import type { Cause } from "../../causes/cause.ts";
import { type CauseId, causeOf } from "../../causes/index.ts";
import { LIKELY } from "../../causes/rank.ts";
import { limitOf } from "../../checks/check.ts";
import { mean } from "../../data/statistics.ts";
import { largest } from "../../lists.ts";
import { worthHaving } from "../../trials/statistics.ts";
import type { Tried } from "../../trials/tried.ts";
import type { Verdict } from "../report.ts";
import type { Reported } from "./reported.ts";

const means = (cause: CauseId, what: Cause["means"]): boolean => causeOf(cause).means === what;

/** With fewer rows even a perfect score means little: if all four are predicted correctly, the true share may be 47 % (0.05^¼). */
const FEWEST_ROWS = 5;
/** Points below a perfect score, and R² below 1, that leave something to explain. Chosen by hand. */
const [ROOM, ROOM_R2] = [0.1, 0.5];

/** Of a score of so few validation rows that it tells nothing: their number. */
export function tooFewRows({ before, examined: { known } }: Pick<Tried, "before" | "examined">): number | null {
  const rows = known.profile?.split.validation ?? 0;
  const scored = known.metric?.split === "validation" && before.scores.some(Number.isFinite);
  return scored && rows > 0 && rows < FEWEST_ROWS ? rows : null;
}

export function verdictOf(outcome: Tried, reported: readonly Reported[]): Verdict {
  const proved = reported.filter(({ proof }) => proof === "verified" || proof === "evident");
  if (proved.some(({ cause, proof }) => means(cause, "misleading") && proof === "evident")) return "misleading";
  if (tooFewRows(outcome) !== null) return "misleading";
  if (proved.every(({ proof }) => proof === "verified") && nothingProved(outcome)) {
    if (nothingFound(outcome, reported)) return "data-limit";
    if (proved.length > 0) return "unknown";
  }
  if (proved.length > 0) return "stuck";
  if (outcome.before.scores.length === 0 || outcome.before.unfinished) return "unknown";
  const suspected = reported.some(({ suspicion }) => suspicion >= LIKELY);
  const promising = outcome.screened.some(({ verdict }) => verdict === "helps");
  if (outcome.reduced && (suspected || promising || outcome.prescribed)) return "unknown";
  if (promising && outcome.proofs.length === 0) return "unknown";
  if (
    reported.slice(0, 1).some(({ cause, suspicion }) => means(cause, "slow") && suspicion >= LIKELY) &&
    !outcome.screened.some(({ cause }) => means(cause, "slow"))
  )
    return "slow";
  // What is suspected and was not tried, or not decided, stays open.
  if (suspected || aboveNothing(outcome) < -1) return "unknown";
  if (limited(outcome)) return "data-limit";
  return aboveNothing(outcome) < 1 ? "unknown" : "healthy";
}

/** How far the plan answers better than what never saw the inputs, in gains worth having: nothing is healthy that does not. */
function aboveNothing({ before, examined: { known } }: Tried): number {
  const { metric, baselines = [] } = known;
  const scores = before.scores.filter(Number.isFinite);
  if (scores.length === 0) return Number.NEGATIVE_INFINITY;
  // Of a loss alone nobody can say how good it is.
  if (!metric) return 0;
  if (baselines.length === 0) return Number.POSITIVE_INFINITY;
  const own = mean(scores);
  const [{ value }] = baselines;
  const [above, worth] = [metric.better === "higher" ? own - value : value - own, worthHaving(value, metric)];
  // Where nothing is left to gain, as good is good.
  return worth === 0 && above >= 0 ? Number.POSITIVE_INFINITY : above / worth;
}

/**
 * Neither simple models that see the inputs nor the plan, with whatever is proved, predict better than what never saw them: a remedy that
 * only brings a network back to the constant answer shows the limit of the data.
 */
export function nothingProved(outcome: Tried): boolean {
  const { before, prescribed, proofs, examined } = outcome;
  const atChance = limitOf(examined.findings).noSignal === true;
  if (before.scores.length === 0 || !atChance || before.unfinished || !before.scores.every(Number.isFinite))
    return false;
  const helping = proofs.flatMap(({ proof }) => (proof.verdict === "helps" ? [proof.gain.mean] : []));
  return isNothing(outcome, [prescribed?.proof.gain.mean ?? 0, ...helping]);
}

/** The same with whatever was tried, and nothing likely is left to try. A gain in a screen is a hint, until a proof has judged it. */
export function nothingFound(outcome: Tried, reported: readonly Reported[]): boolean {
  const open = reported.some(
    ({ cause, proof, suspicion }) => proof !== "verified" && suspicion >= LIKELY && causeOf(cause).remedies.length > 0,
  );
  const hints = outcome.screened.filter(({ cause }) => !outcome.proofs.some(({ of }) => of.cause === cause));
  return (
    !open &&
    nothingProved(outcome) &&
    isNothing(
      outcome,
      hints.map(({ gain }) => gain),
    )
  );
}

/** Whether the plan with the largest of these gains is no better than the constant answer, though that leaves room. */
function isNothing({ before, examined: { known } }: Tried, gains: readonly number[]): boolean {
  const { metric, baselines = [] } = known;
  if (!metric || baselines.length === 0) return false;
  const [{ value: constant }] = baselines;
  const own = mean(before.scores);
  const reached = own + Math.max(0, ...gains.filter(Number.isFinite));
  return 1 - constant > ROOM && reached < constant + worthHaving(constant, metric);
}

/** Room is left, and simple models that see the same data do no better: the data allow no more. */
function limited({ before, examined: { known } }: Tried): boolean {
  const { metric, baselines } = known;
  const scores = before.scores.filter(Number.isFinite);
  if (!metric || !baselines || baselines.length < 2 || scores.length === 0 || metric.better === "lower") return false;
  const own = mean(scores);
  const best = largest(baselines.map(({ value }) => value));
  const room = 1 - own;
  // A simple model that does no better explains what is missing.
  return room > (metric.name === "r2" ? ROOM_R2 : ROOM) && best <= own + worthHaving(own, metric);
}
