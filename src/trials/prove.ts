/** Proof: finalists on fresh paired seeds, evaluated by the interval of their mean paired difference. */
import { compare, type Pair, type Scores, type Size, settled } from "./compare.ts";
import type { Detail, Lab } from "./lab.ts";
import { type Gain, gains, holm, type Measure } from "./statistics.ts";
import type { Subject } from "./subject.ts";

export type Proof = {
  before: Scores;
  after: Scores;
  gain: Gain;
  /** The least gain that is worth a change. */
  worth: number;
  verdict: "helps" | "hurts" | "unclear";
};

/** The most seeds: they are added while the interval is undecided and the budget lasts. */
const MOST_SEEDS = 20;

export type ProofSettings = {
  /** The first seed; the others follow. */
  from: number;
  seeds: number;
  measure: Measure;
  baseline: number;
  size?: Size;
  doing: string;
  detail?: Detail;
  /** The cost of one more seed of one plan. */
  costEach: number;
  /** The share of what is left that added seeds may take. */
  share?: number;
};

/** Evaluates each of `plans` beside `base`, with Holm's adjustment over all of them. Null where the trainings did not end in time. */
export async function prove(
  base: Subject,
  plans: readonly Subject[],
  lab: Lab,
  settings: ProofSettings,
): Promise<(Proof | null)[]> {
  const { measure, baseline } = settings;
  const settle = (scores: Scores) => settled(scores, measure.name, baseline);
  const diagnosed = (pairs: readonly (Pair | null)[]): (Proof | null)[] => {
    const outcomes = pairs.map((pair) => pair && gains(settle(pair.before), settle(pair.after), measure));
    const adjusted = holm(outcomes.map((outcome) => outcome?.gain.p ?? 1));
    return pairs.map((pair, i) => {
      if (!pair) return null;
      const { gain, worth, verdict } = gains(settle(pair.before), settle(pair.after), measure, adjusted[i]);
      return { ...pair, gain, worth, verdict };
    });
  };
  let count = settings.seeds;
  let proofs: (Proof | null)[] = plans.map(() => null);
  for (;;) {
    const seeds = Array.from({ length: count }, (_, i) => settings.from + i);
    const pairs = await compare(base, plans, seeds, lab, settings);
    const next = diagnosed(pairs);
    if (next.every((proof) => proof === null)) return proofs;
    proofs = next.map((proof, i) => proof ?? proofs[i]);
    // Undecided: the mean is large enough, but the interval includes zero.
    const open = proofs.some(
      (proof) => proof?.verdict === "unclear" && proof.gain.mean > 0 && proof.gain.high >= proof.worth,
    );
    const cost = settings.costEach * (plans.length + 1) * Math.min(settings.seeds, MOST_SEEDS - count);
    if (!open || count >= MOST_SEEDS || cost > lab.budget.left * (settings.share ?? 0.3)) return proofs;
    count = Math.min(MOST_SEEDS, count + settings.seeds);
  }
}

export const emitProof = (lab: Lab, taken: readonly { remedy: { id: string } }[], { gain, verdict }: Proof): void =>
  lab.emit({
    type: "verdict",
    stage: "proof",
    remedies: taken.map(({ remedy }) => remedy.id),
    gain: gain.mean,
    verdict,
  });
