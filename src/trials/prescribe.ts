/** From the edits that help to the prescription: proves the whole set on fresh seeds, and leaves out what is not needed. */
import type { CauseId } from "../causes/index.ts";
import { applyRemedy, type Context, type Remedy } from "../remedies/remedy.ts";
import { UserError } from "../user-error.ts";
import { compare, type Scores, type Size, settled } from "./compare.ts";
import type { First } from "./first.ts";
import type { Lab } from "./lab.ts";
import { type Proof, type ProofSettings, prove } from "./prove.ts";
import { evaluated, type Screened } from "./screen.ts";
import { gains } from "./statistics.ts";
import { edited, type Subject } from "./subject.ts";
import { detailOf, isCostly, PRESCRIPTION_SEEDS, PROOF_SEEDS, proofSettings, type Terms } from "./terms.ts";

/** One edit of a prescription: the remedy and its cause, with the plan and the Case it was chosen from. */
export type Step = { cause: CauseId; remedy: Remedy; known: Context["known"] };

/** The plan after each step, applied in turn; null where the steps do not fit together. */
export async function carriedOut(base: Subject, steps: readonly Step[], lab: Lab): Promise<Subject[] | null> {
  try {
    let subject = base;
    const stages: Subject[] = [];
    for (const { remedy, known } of steps) {
      const given = applyRemedy(remedy, { given: subject.given, plan: subject.plan, known });
      if (!given) return null;
      subject = await edited(given, base, lab.load);
      stages.push(subject);
    }
    return stages;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** An edit is not part of the smallest set if 95 % of the gain remains without it. */
const SMALL = 0.05;
// The effect of one edit is smaller than that of all: it may take more seeds, but not all of the time.
const WITHOUT_SHARE = 0.15;

export type Prescribed = {
  /** The given plan. */
  base: Subject;
  steps: Step[];
  /** The plan after each step; the last is the fixed plan. */
  stages: Subject[];
  subject: Subject;
  /** The seeds of the proof. */
  seeds: number[];
  /** The number of its training rows; absent: all. */
  size?: Size;
  proof: Proof;
  /** The cost of leaving out each step: the whole set compared with the rest. */
  without: { step: Step; proof: Proof | null }[];
};

/**
 * Proves the whole set beside the plan, and each step by leaving it out, all on the same fresh seeds; drops a step that does not improve the score enough,
 * one at a time, the last chosen first. Each smaller set is compared with the first whole set, so that small losses do not add up. Null where
 * the whole set does not improve the score.
 */
async function prescribe(
  base: Subject,
  steps: readonly Step[],
  lab: Lab,
  settings: ProofSettings,
  first?: { subject: Subject; gain: number },
): Promise<Prescribed | null> {
  const stages = await carriedOut(base, steps, lab);
  const subject = stages?.at(-1);
  if (!stages || !subject) return null;
  const [proof] = await prove(base, [subject], lab, settings);
  if (!proof) return null;
  const seeds = proof.before.map((_, i) => settings.from + i);
  if (steps.length < 2) return { base, steps: [...steps], stages, subject, seeds, proof, without: [] };
  const whole = first ?? { subject, gain: proof.gain.mean };
  const without: Prescribed["without"] = [];
  for (const step of steps.toReversed()) {
    const others = steps.filter((s) => s !== step);
    const rest = (await carriedOut(base, others, lab))?.at(-1);
    const leftOut = { ...settings, seeds: seeds.length, share: WITHOUT_SHARE, doing: "testing without single changes" };
    const [cost] = rest ? await prove(rest, [whole.subject], lab, leftOut) : [null];
    if (rest && cost && cost.gain.mean <= Math.max(cost.worth, SMALL * whole.gain))
      return prescribe(base, others, lab, settings, whole);
    without.push({ step, proof: cost });
  }
  return { base, steps: [...steps], stages, subject, seeds, proof, without };
}

/** Proves the steps as a whole; where that fails, only the first ones; where there is no time, the proof of the first one is used. */
export async function prescribeProvable(
  terms: Terms,
  steps: readonly Step[],
  proofs: readonly { of: Screened; proof: Proof }[],
): Promise<Prescribed | null> {
  const { base, lab, settings } = terms;
  // Where trainings are expensive, what a proof has trained already is not trained again on other seeds.
  const from = isCostly(terms) ? PROOF_SEEDS : PRESCRIPTION_SEEDS;
  const whole = await prescribe(base, steps, lab, {
    ...proofSettings(terms, from, "testing the prescription on new seeds"),
    detail: detailOf(terms),
  });
  if (whole?.proof.verdict === "helps") return whole;
  if (steps.length > 1) return prescribeProvable(terms, steps.slice(0, -1), proofs);
  const own = proofs.find(({ of }) => of.remedy === steps[0].remedy && of.cause === steps[0].cause);
  if (whole || own?.proof.verdict !== "helps") return null;
  const { subject } = own.of;
  const seeds = own.proof.before.map((_, i) => settings.seed + PROOF_SEEDS + i);
  return { base, steps: [...steps], stages: [subject], subject, seeds, proof: own.proof, without: [] };
}

/** Where no proof is affordable: the steps beside the plan, on the seeds and rows of its first trainings. Null where they do not help. */
export async function confirm(
  terms: Terms,
  steps: readonly Step[],
  { seeds: trained, size }: First,
): Promise<Prescribed | null> {
  const { base, lab, measure, baseline, cost } = terms;
  // As many seeds as train at once, because that is the reserved amount.
  const seeds = trained.slice(0, cost.abreast);
  const stages = await carriedOut(base, steps, lab);
  const subject = stages?.at(-1);
  if (!stages || !subject) return null;
  const [pair] = await compare(base, [subject], seeds, lab, {
    size,
    doing: "training the changed plan",
    detail: detailOf(terms),
  });
  if (!pair || evaluated(pair, { measure, baseline }, true).verdict !== "helps") return null;
  const settle = (scores: Scores) => settled(scores, measure.name, baseline);
  const { gain, worth, verdict } = gains(settle(pair.before), settle(pair.after), measure);
  const proof = { ...pair, gain, worth, verdict };
  return { base, steps: [...steps], stages, subject, seeds, size, proof, without: [] };
}
