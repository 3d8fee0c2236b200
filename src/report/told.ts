/** Which causes are worth telling, in which order, and what is proved of each. */
import type { CauseId } from "../causes/index.ts";
import type { Suspect } from "../causes/rank.ts";
import { causeOf, type Outcome } from "../trials/fix.ts";
import type { Effect, Proof } from "./report.ts";

export type Told = {
  cause: CauseId;
  suspicion: number;
  proof: Proof;
  says: string;
  findings: string[];
  gain: Effect | null;
};

// A suspicion below this that no trial confirmed is not worth a reader's time.
const WORTH_TELLING = 0.35;
const MOST_TOLD = 6;

/** What the trials say of a cause: the best of its remedies. */
function tried(outcome: Outcome, id: CauseId): { proof: Proof; gain: Effect | null } {
  const { prescribed } = outcome;
  const verified: Proof = outcome.reduced ? "untried" : "verified";
  const own = outcome.proofs.filter(({ of }) => of.cause === id).map(({ proof }) => proof);
  const needed = prescribed?.without.find(({ step }) => step.cause === id)?.proof;
  const whole = prescribed?.steps.length === 1 && prescribed.steps[0].cause === id ? prescribed.proof : null;
  const best = [needed, whole, ...own]
    .filter((proof) => proof !== null && proof !== undefined)
    .sort((a, b) => b.gain.mean - a.gain.mean);
  const helping = best.find(({ verdict }) => verdict === "helps");
  if (helping) return { proof: verified, gain: effect(helping.gain) };
  if (best.length > 0)
    return {
      proof:
        best[0].verdict === "hurts"
          ? "refuted"
          : best[0].gain.high > best[0].gain.mean * 2 || best[0].gain.mean <= 0
            ? "refuted"
            : "unclear",
      gain: effect(best[0].gain),
    };
  const screened = outcome.screened.filter(({ cause }) => cause === id);
  if (screened.length === 0) return { proof: "untried", gain: null };
  // Helped in the screen, but others went to the proof before it; or did nothing on any seed.
  return { proof: screened.some(({ verdict }) => verdict === "helps") ? "unclear" : "refuted", gain: null };
}

const effect = ({ mean, low, high }: { mean: number; low: number; high: number }): Effect => ({ mean, low, high });

const STAGE = { data: 0, network: 1, training: 2 } as const;
// Repair is not cause: a higher rate or more epochs mend much that something else broke. What an edit upstream gains counts for more.
const STAGE_BONUS = [0.3, 0.2, 0];

/** Of causes that are proved: direct evidence, place upstream and gain together; the order in which a reader should think of them. */
function weight(told: Told, most: number, evident: boolean): number {
  const gain = told.gain && most > 0 ? Math.max(0, Math.min(1, told.gain.mean / most)) : 0;
  return told.suspicion + gain + STAGE_BONUS[STAGE[causeOf(told.cause).stage]] + (evident ? 0.5 : 0);
}

export function toldCauses(outcome: Outcome): Told[] {
  const all = outcome.examined.suspects.map((suspect: Suspect): Told & { evident: boolean } => {
    const { proof, gain } = tried(outcome, suspect.id);
    const shown: Proof = suspect.evident && proof !== "verified" ? "evident" : proof;
    return {
      cause: suspect.id,
      suspicion: suspect.suspicion,
      proof: shown,
      says: suspect.says,
      findings: suspect.findings,
      gain,
      evident: suspect.evident,
    };
  });
  const late = (outcome.prescribed?.steps ?? []).filter((step) => !all.some((told) => told.cause === step.cause));
  if (late.length > 0) throw new Error("a step was taken for a cause that is not in the catalogue");
  const proved = all.filter(({ proof }) => proof === "verified" || proof === "evident");
  const most = Math.max(0, ...proved.map(({ gain }) => gain?.mean ?? 0));
  const rank = (told: Told & { evident: boolean }) => weight(told, most, told.evident);
  proved.sort((a, b) => rank(b) - rank(a));
  const open = all.filter(
    ({ proof, suspicion }) => (proof === "unclear" || proof === "untried") && suspicion >= WORTH_TELLING,
  );
  return [...proved, ...open].slice(0, MOST_TOLD).map(({ evident: _evident, ...told }) => told);
}
