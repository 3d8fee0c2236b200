/** From what helps to what to do: adds edits while they gain, proves the whole on fresh seeds, and leaves out what is not needed. */
import type { CauseId } from "../causes/index.ts";
import { UserError } from "../errors.ts";
import { applyRemedy, type Context, type Remedy } from "../remedies/remedy.ts";
import type { Size } from "./compare.ts";
import { edited, type Subject } from "./examine.ts";
import type { Lab } from "./lab.ts";
import { type Proof, type ProofSettings, prove } from "./prove.ts";

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
      subject = await edited(given, base, lab);
      stages.push(subject);
    }
    return stages;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

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
 * Proves the whole set beside the plan, and each step by leaving it out, all on the same fresh seeds; drops a step that costs nothing to
 * leave out, one at a time, the last chosen first. Null where the whole does not gain.
 */
export async function prescribe(
  base: Subject,
  steps: readonly Step[],
  lab: Lab,
  settings: ProofSettings,
): Promise<Prescribed | null> {
  const stages = await carriedOut(base, steps, lab);
  const subject = stages?.at(-1);
  if (!stages || !subject) return null;
  const [proof] = await prove(base, [subject], lab, settings);
  if (!proof) return null;
  const seeds = proof.before.map((_, i) => settings.from + i);
  if (steps.length < 2) return { base, steps: [...steps], stages, subject, seeds, proof, without: [] };
  const without: Prescribed["without"] = [];
  for (const step of steps.toReversed()) {
    const rest = (
      await carriedOut(
        base,
        steps.filter((s) => s !== step),
        lab,
      )
    )?.at(-1);
    const [cost] = rest
      ? await prove(rest, [subject], lab, {
          ...settings,
          seeds: proof.before.length,
          share: WITHOUT_SHARE,
          doing: "leaving edits out",
        })
      : [null];
    if (rest && cost && cost.verdict !== "helps")
      return prescribe(
        base,
        steps.filter((s) => s !== step),
        lab,
        settings,
      );
    without.push({ step, proof: cost });
  }
  return { base, steps: [...steps], stages, subject, seeds, proof, without };
}
