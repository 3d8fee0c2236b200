/** The terms of one `fix`: the subject, the metric and the seeds, and how many trainings fit the budget. */
import type { Limits } from "./budget.ts";
import type { Cost } from "./cost.ts";
import { type Effort, MOST_FINALISTS } from "./effort.ts";
import type { Detail, Lab } from "./lab.ts";
import type { ProofSettings } from "./prove.ts";
import type { Measure } from "./statistics.ts";
import type { Subject } from "./subject.ts";

/** `seeds`: the number of paired seeds of a proof. */
export type Settings = Limits & { seed: number; seeds: number };

export type Terms = {
  /** The given plan. */
  base: Subject;
  lab: Lab;
  settings: Settings;
  measure: Measure;
  /** The score of the baseline that ignores the inputs. */
  baseline: number;
  cost: Cost;
  effort: Effort;
};

// The seeds of the screen, of the proof and of the prescription never overlap.
export const PROOF_SEEDS = 100;
/** The first seed of the prescription, on which no choice was based. */
export const PRESCRIPTION_SEEDS = 200;

/** The cost of this many whole trainings, in the unit of the budget. */
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
    // Where trainings are expensive, those of a proof may also serve for the prescription.
    ...(isCostly(terms) && { detail: detailOf(terms) }),
    costEach: priced(terms, 1),
  };
}

/** Whether only few trainings fit the budget. */
export const isCostly = ({ effort }: Terms): boolean => effort.finalists < MOST_FINALISTS;

/** How much is recorded of the trainings of a prescription: the predictions, and also the curves where they are cheap. */
export const detailOf = (terms: Terms): Detail => (isCostly(terms) ? "outputs" : "curves");

/** How a plan is examined; with fewer probes where trainings are expensive. */
export const examination = (terms: Terms) => ({
  seed: terms.settings.seed,
  cost: terms.cost,
  costly: isCostly(terms),
});
