/** Which causes are worth telling, in which order, and what is proved of each. */
import { type CauseId, causeOf } from "../../causes/index.ts";
import type { Suspect } from "../../causes/rank.ts";
import { ORDER, standing } from "../../trials/order.ts";
import type { Tried } from "../../trials/tried.ts";
import type { Effect, Proof, ReportCause } from "../report.ts";

export type Reported = {
  cause: CauseId;
  suspicion: number;
  proof: Proof;
  says: string;
  findings: string[];
  gain: Effect | null;
  gainOf?: ReportCause["gainOf"];
};

// A suspicion below this that no trial confirmed is not worth a reader's time.
const WORTH_TELLING = 0.35;
/** More than any standing. */
const LAST = 10;
/** More causes than fit one screen are not read. */
const MOST_TOLD = 6;

/** What the trials say of a cause: the best of its remedies. */
function tried(outcome: Tried, id: CauseId): Pick<Reported, "proof" | "gain" | "gainOf"> {
  const { prescribed } = outcome;
  const verified: Proof = outcome.reduced ? "unclear" : "verified";
  const own = outcome.proofs.filter(({ of }) => of.cause === id).map(({ proof }) => proof);
  const needed = prescribed?.without.find(({ step }) => step.cause === id)?.proof;
  const whole = prescribed?.steps.length === 1 && prescribed.steps[0].cause === id ? prescribed.proof : null;
  // Its own proof first: the finalists share their seeds, so their gains compare.
  const best = [...own.sort((a, b) => b.gain.mean - a.gain.mean), needed, whole].filter(
    (proof) => proof !== null && proof !== undefined,
  );
  const helping = best.find(({ verdict }) => verdict === "helps");
  // Left out of the prescription, a remedy shows what it adds to the others.
  const measured = (proof: (typeof best)[number]) =>
    ({ gain: effect(proof.gain), gainOf: proof === needed ? "with the others" : "alone" }) as const;
  if (helping) return { proof: verified, ...measured(helping) };
  // An interval that still holds a worthwhile gain decides nothing.
  if (best.length > 0)
    return { proof: best[0].gain.high >= best[0].worth ? "unclear" : "refuted", ...measured(best[0]) };
  if (prescribed?.steps.some(({ cause }) => cause === id)) return { proof: "unclear", gain: null };
  const screened = outcome.screened.filter(({ cause }) => cause === id);
  if (screened.length === 0) return { proof: "untried", gain: null };
  // Helped in the screen, but others went to the proof before it; or did nothing on any seed.
  return { proof: screened.some(({ verdict }) => verdict === "helps") ? "unclear" : "refuted", gain: null };
}

const effect = ({ mean, low, high }: { mean: number; low: number; high: number }): Effect => ({ mean, low, high });

export function reportedCauses(outcome: Tried, order = ORDER): Reported[] {
  const all = outcome.examined.suspects.map((suspect: Suspect): Reported & { evident: boolean } => {
    const { proof, ...gained } = tried(outcome, suspect.id);
    const shown: Proof = suspect.evident && proof !== "verified" ? "evident" : proof;
    return {
      cause: suspect.id,
      suspicion: suspect.suspicion,
      proof: shown,
      says: suspect.says,
      findings: suspect.findings,
      ...gained,
      evident: suspect.evident,
    };
  });
  const late = (outcome.prescribed?.steps ?? []).filter(
    (step) => !all.some((reported) => reported.cause === step.cause),
  );
  if (late.length > 0) throw new Error("a step was taken for a cause that is not in the catalogue");
  const proved = all.filter(({ proof }) => proof === "verified" || proof === "evident");
  const most = Math.max(0, ...proved.map(({ gain }) => gain?.mean ?? 0));
  const explained = new Set(outcome.explained.map(({ cause }) => cause));
  // More rows are what is left to ask for where no edit helps.
  const helped = proved.some(({ gain }) => gain !== null);
  const rank = ({ cause, suspicion, gain, evident }: Reported & { evident: boolean }) =>
    (helped && causeOf(cause).remedies.length === 0 ? -LAST : 0) +
    standing(
      { stage: causeOf(cause).stage, suspicion, gain: gain?.mean ?? null, evident, explained: explained.has(cause) },
      most,
      order,
    );
  proved.sort((a, b) => rank(b) - rank(a));
  const taken = (outcome.prescribed?.steps ?? []).map((step) => step.cause);
  const open = all.filter(
    ({ cause, proof, suspicion }) =>
      (proof === "unclear" || proof === "untried") && (suspicion >= WORTH_TELLING || taken.includes(cause)),
  );
  return [...proved, ...open].slice(0, MOST_TOLD).map(({ evident: _evident, ...reported }) => reported);
}
