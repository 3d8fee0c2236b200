/** From what helps to what to do: adds edits while they gain, proves the whole on fresh seeds, and leaves out what is not needed. */
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

/** One edit of a prescription: the remedy and what it was made for, with the plan and the Case it was chosen from. */
export type Step = { cause: CauseId; remedy: Remedy; known: Context["known"] };

/** The plan after each step, made in turn; null where they do not fit together. */
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

/** Edits whose loss leaves 95 % of the gain are not part of the smallest set. */
const SMALL = 0.05;
// What one edit is worth is a smaller thing than what all are: it may take more seeds, but not all of the time.
const WITHOUT_SHARE = 0.15;

export type Prescribed = {
  /** The plan as it was given. */
  base: Subject;
  steps: Step[];
  /** The plan after each step; the last is the fixed plan. */
  stages: Subject[];
  subject: Subject;
  /** Those that the proof was trained on. */
  seeds: number[];
  /** The rows it was trained on; absent: all. */
  size?: Size;
  proof: Proof;
  /** What leaving each step out costs: how the whole does beside the rest. */
  without: { step: Step; proof: Proof | null }[];
};

/**
 * Proves the whole set beside the plan, and each step by leaving it out, all on the same fresh seeds; drops a step that is not worth having,
 * one at a time, the last chosen first. What is dropped is measured against the first whole, so that small losses do not add up. Null where
 * the whole does not gain.
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

/** Proves the steps as a whole; where proof is missing, the first ones; where time is, what the first was proved by. */
export async function prescribeProvable(
  terms: Terms,
  steps: readonly Step[],
  proofs: readonly { of: Screened; proof: Proof }[],
): Promise<Prescribed | null> {
  const { base, lab, settings } = terms;
  // What a proof has trained already is not trained again on other seeds where that is dear.
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

/** Where no proof is affordable: the steps beside the plan on the seeds and rows of its first look. Null where they do not help. */
export async function confirm(
  terms: Terms,
  steps: readonly Step[],
  { seeds: seen, size }: First,
): Promise<Prescribed | null> {
  const { base, lab, measure, baseline, cost } = terms;
  // As many as train at once: that is what was kept for it.
  const seeds = seen.slice(0, cost.abreast);
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
