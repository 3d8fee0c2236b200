/** Everything that `fix` found and tried, as plain values, from which a Report is made here or from a file. */

import type { Case } from "../case/case.ts";
import { type Curve, curveOf } from "../case/curve.ts";
import type { Diagnosis } from "../causes/diagnose.ts";
import type { CauseId } from "../causes/index.ts";
import { scored } from "../checks/scores.ts";
import { mean } from "../data/statistics.ts";
import type { Errors } from "../errors/errors.ts";
import { type Change, difference, type Given } from "../plan/edit.ts";
import type { Plan } from "../plan/plan.ts";
import type { ReadEntry } from "../readers/reader.ts";
import type { Remedy } from "../remedies/remedy.ts";
import type { Run } from "../run/run.ts";
import type { Augmented } from "./augmented.ts";
import type { Budget } from "./budget.ts";
import { alike, type Scores, type Size, scoreOfRun } from "./compare.ts";
import { type Lab, undoneSays } from "./lab.ts";
import type { Prescribed } from "./prescribe.ts";
import type { Proof } from "./prove.ts";
import type { Omitted, Screened } from "./screen.ts";
import type { Subject } from "./subject.ts";
import type { SuspectRow } from "./suspects.ts";
import { detailOf, type Terms } from "./terms.ts";
import type { Explained } from "./untangle.ts";

/** A remedy that was tried or applied, and its cause. */
type Taken = { cause: CauseId; remedy: Pick<Remedy, "id" | "cured"> };

/** Trainings of a plan on some seeds. `unfinished`: one of them was stopped. */
type Evaluated = {
  seeds: number[];
  curves: Curve[];
  scores: Scores;
  unfinished?: boolean;
  /** The scores on all rows, where the labels of some evaluated rows are in doubt and `scores` are those of the others. */
  own?: Scores;
};

type Prescription = {
  steps: Taken[];
  /** The changes from the plan to the fixed one, each under its step. */
  changes: (Change & { cause: CauseId })[];
  /** The fixed plan, complete, and as the user would write it. */
  plan: Plan;
  given: Given;
  /** The seeds of the proof, and its number of training rows; absent: all. */
  seeds: number[];
  size?: Size;
  proof: Proof;
  /** The cost of leaving out each step: the whole set compared with the rest. */
  without: { step: Taken; proof: Proof | null }[];
};

export type Outcome = {
  examined: Diagnosis;
  /** All that was tried on the given plan. */
  screened: (Taken & Pick<Screened, "suspicion" | "before" | "after" | "gain" | "verdict">)[];
  proofs: { of: Taken; proof: Proof }[];
  explained: Explained[];
  /** Likely causes of which no remedy was tried, with the reason. */
  omitted: Omitted[];
  prescribed: Prescription | null;
  before: Evaluated;
  after: Evaluated | null;
  /** Scores on the held-out test rows. */
  test: { before: Scores; after: Scores | null } | null;
  /** The incorrect predictions of the final network: the prescribed one, or else the given one. */
  errors?: Errors;
  /** Rows whose labels are in doubt. */
  suspects?: SuspectRow[];
  /** Some training images before and after augmentation. */
  augmented?: Augmented;
  notes: string[];
  /** What was read from a log. */
  read?: ReadEntry[];
  /** Whether remedies were tried on fewer rows and the prescription on few seeds, or the plan's own training did not end, so that nothing is proved. */
  reduced: boolean;
  interrupted: boolean;
  /** The budget in its unit, and what was left of it at the end. */
  limits: { unit: Budget["unit"]; whole: number; left: number };
  seconds: number;
  trainings: number;
};

/** The same together with the runs. */
type Trained = Pick<Evaluated, "seeds" | "scores" | "own"> & { runs: Run[] };

export const trainedOf = (runs: Run[]): Trained => ({
  seeds: runs.map(({ seed }) => seed),
  runs,
  scores: runs.map(scoreOfRun),
});

export const valuesOf = ({ runs, ...rest }: Trained): Evaluated => ({
  ...rest,
  curves: runs.map((run) => curveOf(run.seed, run)),
});

const taken = ({ cause, remedy: { id, cured } }: Taken): Taken => ({ cause, remedy: { id, cured } });

/** What was tried, without the plans it was tried on. */
export const triedOf = (screened: readonly Screened[], proofs: readonly { of: Screened; proof: Proof }[]) => ({
  screened: screened.map(({ suspicion, before, after, gain, verdict, ...one }) => ({
    ...taken(one),
    suspicion,
    before,
    after,
    gain,
    verdict,
  })),
  proofs: proofs.map(({ of, proof }) => ({ of: taken(of), proof })),
});

export function prescriptionOf({
  base,
  stages,
  steps,
  subject,
  without,
  seeds,
  size,
  proof,
}: Prescribed): Prescription {
  let before = base.plan;
  const owner = new Map<string, CauseId>();
  for (const [i, { plan }] of stages.entries()) {
    for (const change of difference(before, plan)) owner.set(change.path, steps[i].cause);
    before = plan;
  }
  const changes = difference(base.plan, subject.plan).map((change) => ({
    ...change,
    cause: owner.get(change.path) ?? steps[0].cause,
  }));
  return {
    steps: steps.map(taken),
    changes,
    plan: subject.plan,
    given: subject.given,
    seeds,
    ...(size && { size }),
    proof,
    without: without.map((one) => ({ step: taken(one.step), proof: one.proof })),
  };
}

/** The same for a log, whose runs are not ours: a run that ended without a score has none, unless it diverged. */
const knownScores = ({ scores = [], end }: Case): Scores =>
  scores.filter((score) => Number.isFinite(score) || end?.reason === "diverged");

/** An outcome in which no remedy was tried. */
export function untried({ known, findings, suspects }: Diagnosis, runs: Run[], rest: Partial<Outcome> = {}): Outcome {
  const before = valuesOf(trainedOf(runs));
  return {
    examined: { known, findings, suspects },
    screened: [],
    proofs: [],
    explained: [],
    omitted: [],
    prescribed: null,
    before: {
      ...before,
      scores: runs.length > 0 ? before.scores : knownScores(known),
      unfinished: runs.some(({ end }) => end?.reason === "stopped"),
    },
    after: null,
    test: null,
    notes: [],
    reduced: false,
    interrupted: false,
    limits: { unit: "seconds", whole: 0, left: 0 },
    seconds: 0,
    trainings: 0,
    ...rest,
  };
}

/** The costs, known at the end. */
export const ending = (
  { budget, undone, trainings }: Lab,
  notes: readonly string[],
  signal?: AbortSignal,
): Pick<Outcome, "notes" | "interrupted" | "limits" | "seconds" | "trainings"> => ({
  notes: undone.length > 0 ? [...notes, undoneSays(undone, signal)] : [...notes],
  interrupted: signal?.aborted ?? false,
  limits: { unit: budget.unit, whole: budget.whole, left: budget.left },
  seconds: budget.seconds,
  trainings,
});

/** Whether an edit of single rows removes labels from the evaluated rows; the score improves without them, whether they are wrong or not. */
const disputed = (a: Subject, b: Subject): boolean =>
  [a, b].some(({ plan: { data } }) => Array.isArray(data.drop) || data.relabel !== null) && !alike(a, b);

/**
 * The plan and its edit as they will be reported, each by its own measure, or, where labels are in doubt, on the other rows; the gain is that
 * of the proof, on rows that both evaluate.
 */
export async function beforeAndAfter(
  terms: Terms,
  { subject, seeds, size, proof }: Prescribed,
  notes: string[],
): Promise<{ before: Trained; after: Trained }> {
  const { base, lab } = terms;
  const detail = detailOf(terms);
  const trained = async (one: Subject, otherwise: Scores) => {
    const requests = seeds.map((seed) => ({ plan: one.plan, seed, variation: size, detail }) as const);
    const runs = await lab.train(requests, "learning curves");
    const ended = runs.filter((run) => run !== null);
    return { seeds, runs: ended, scores: ended.length === seeds.length ? ended.map(scoreOfRun) : otherwise };
  };
  const [before, after] = [await trained(base, proof.before), await trained(subject, proof.after)];
  if (disputed(base, subject)) {
    return {
      before: { ...before, scores: proof.before, own: before.scores },
      after: { ...after, scores: proof.after },
    };
  }
  const show = (score: number) => scored(terms.measure, score);
  if (!alike(base, subject))
    notes.push(
      `The two plans are evaluated on different rows. On the rows that both share, the score goes from ${show(mean(proof.before))} to ${show(mean(proof.after))}; the proof rests on these.`,
    );
  return { before, after };
}

/** The plan alone on as many seeds as a proof has, where they fit the budget. */
export async function onMoreSeeds({ base, lab, settings }: Terms, runs: Run[]): Promise<Trained> {
  if (runs.length >= settings.seeds) return trainedOf(runs);
  const requests = Array.from(
    { length: settings.seeds },
    (_, i) => ({ plan: base.plan, seed: settings.seed + i, detail: "curves" }) as const,
  );
  const more = await lab.train(requests, "more seeds of the plan");
  return trainedOf(more.every((run) => run !== null) ? more : runs);
}

/** The held-out test rows, evaluated once at the very end. */
export async function heldOut(
  base: Subject,
  prescribed: Prescribed | null,
  seeds: readonly number[],
  lab: Lab,
): Promise<Outcome["test"]> {
  if (base.plan.data.test === null || seeds.length === 0) return null;
  const plans = prescribed ? [base, prescribed.subject] : [base];
  const jobs = plans.flatMap(({ plan }) =>
    seeds.map((seed) => ({ plan, seed, options: { scores: 1, trainScores: false, test: true } })),
  );
  const runs = await lab.probe(jobs, "evaluating the held-out test rows");
  if (runs.some((run) => run === null)) return null;
  const scores = runs.map((run) => run?.end?.test ?? Number.NaN);
  return { before: scores.slice(0, seeds.length), after: prescribed ? scores.slice(seeds.length) : null };
}
