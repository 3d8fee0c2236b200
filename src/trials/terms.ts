/** The terms of one `fix`: what is trained beside what, judged by what, and how much of it the budget holds. */
import type { Limits } from "./budget.ts";
import type { Cost } from "./cost.ts";
import { type Effort, MOST_FINALISTS } from "./effort.ts";
import type { Detail, Lab } from "./lab.ts";
import type { ProofSettings } from "./prove.ts";
import type { Measure } from "./statistics.ts";
import type { Subject } from "./subject.ts";

/** `seeds`: paired ones of a proof. */
export type Settings = Limits & { seed: number; seeds: number };

export type Terms = {
  /** The plan as it was given. */
  base: Subject;
  lab: Lab;
  settings: Settings;
  measure: Measure;
  /** Score of what learns nothing from the inputs. */
  baseline: number;
  cost: Cost;
  effort: Effort;
};

// Seeds of the screen, of the proof and of the prescription never meet.
export const PROOF_SEEDS = 100;
/** As above: seeds that nothing was chosen by. */
export const PRESCRIPTION_SEEDS = 200;

/** What so many whole trainings cost, in the unit of the budget. */
export const priced = ({ cost }: Terms, trainings: number): number => (trainings * cost.training) / cost.abreast;

/** A proof on seeds from `from` on, counted from the first of `settings`. */
export function proofSettings(terms: Terms, from: number, doing: string): ProofSettings {
  const { settings, measure, baseline } = terms;
  return {
    from: settings.seed + from,
    seeds: settings.seeds,
    measure,
    baseline,
    doing,
    // Where trainings are dear those of a proof may be the prescription's own.
    ...(isCostly(terms) && { detail: detailOf(terms) }),
    costEach: priced(terms, 1),
  };
}

/** The budget holds few trainings. */
export const isCostly = ({ effort }: Terms): boolean => effort.finalists < MOST_FINALISTS;

/** What is told of the trainings of a prescription: the answers, and the curves as well where they are cheap. */
export const detailOf = (terms: Terms): Detail => (isCostly(terms) ? "outputs" : "curves");

/** How a plan is examined, sparingly where trainings are dear. */
export const examination = (terms: Terms) => ({
  seed: terms.settings.seed,
  cost: terms.cost,
  costly: isCostly(terms),
});
