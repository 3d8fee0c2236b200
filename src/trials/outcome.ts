/** What `fix` found and tried, all of it: what a Report is made of. */

import type { Diagnosis } from "../causes/diagnose.ts";
import { scoreText } from "../checks/scores.ts";
import { mean } from "../data/statistics.ts";
import type { Errors } from "../errors/errors.ts";
import type { Run } from "../run/run.ts";
import type { Budget } from "./budget.ts";
import { alike, type Scores, scoreOfRun } from "./compare.ts";
import type { Subject } from "./examine.ts";
import type { Improvement } from "./improve.ts";
import { type Lab, undoneSays } from "./lab.ts";
import type { Prescribed } from "./prescribe.ts";
import type { Omitted } from "./screen.ts";
import type { SuspectRow } from "./suspects.ts";
import { detailOf, type Terms } from "./terms.ts";

export type Outcome = Omit<Improvement, "steps" | "provable"> & {
  /** The plan with its data too, where it was trained here. */
  examined: Diagnosis & { subject?: Subject };
  /** Score of what learns nothing from the inputs. */
  baseline: number;
  prescribed: Prescribed | null;
  before: Seen & {
    seeds: number[];
    unfinished?: boolean;
    /** Where the labels of judged rows are in doubt and scores are those of the other rows: the scores on all. */
    own?: Scores;
  };
  after: Seen | null;
  /** Scores of the rows held back. */
  test: { before: Scores; after: Scores | null } | null;
  /** What the network that the user ends up with misses: the prescribed one, or else the one that was given. */
  errors?: Errors;
  /** Rows whose labels are in doubt. */
  suspects?: SuspectRow[];
  notes: string[];
  /** Remedies were tried on fewer rows and the prescription on few seeds, or the plan's own training did not end: nothing is proved. */
  reduced: boolean;
  interrupted: boolean;
  /** Likely causes of which no remedy was tried, and why not. */
  omitted: readonly Omitted[];
  /** What may be spent, in its unit, and what was left of it at the end. */
  limits: { unit: Budget["unit"]; whole: number; left: number };
  seconds: number;
  trainings: number;
};
type Seen = { runs: Run[]; scores: Scores };

const seen = (runs: Run[]): Outcome["before"] => ({
  seeds: runs.map(({ seed }) => seed),
  runs,
  scores: runs.map(scoreOfRun),
});

/** An outcome in which no remedy was tried. */
export function untried(examined: Outcome["examined"], runs: Run[], rest: Partial<Outcome> = {}): Outcome {
  return {
    examined,
    baseline: examined.known.baselines?.[0]?.value ?? 0,
    screened: [],
    proofs: [],
    explained: [],
    prescribed: null,
    before: { ...seen(runs), unfinished: runs.some(({ end }) => end?.reason === "stopped") },
    after: null,
    test: null,
    notes: [],
    reduced: false,
    interrupted: false,
    omitted: [],
    limits: { unit: "seconds", whole: 0, left: 0 },
    seconds: 0,
    trainings: 0,
    ...rest,
  };
}

/** What is known at the end of what it took. */
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

/** Whether an edit of single rows takes labels out of what is judged: a score without them is better, right or wrong. */
const disputed = (a: Subject, b: Subject): boolean =>
  [a, b].some(({ plan: { data } }) => Array.isArray(data.drop) || data.relabel !== null) && !alike(a, b);

/**
 * The plan and its edit as they will be seen, each by its own measure, or, where labels are in doubt, on the other rows; the gain is that
 * of the proof, on rows that both judge.
 */
export async function beforeAndAfter(
  terms: Terms,
  { subject, seeds, size, proof }: Prescribed,
  notes: string[],
): Promise<Pick<Outcome, "before" | "after">> {
  const { base, lab } = terms;
  const detail = detailOf(terms);
  const trained = async (one: Subject, otherwise: Scores) => {
    const requests = seeds.map((seed) => ({ plan: one.plan, seed, variation: size, detail }) as const);
    const runs = await lab.train(requests, "curves");
    const ended = runs.filter((run) => run !== null);
    return { runs: ended, scores: ended.length === seeds.length ? ended.map(scoreOfRun) : otherwise };
  };
  const [before, after] = [await trained(base, proof.before), await trained(subject, proof.after)];
  if (disputed(base, subject)) {
    const own = { ...before, scores: proof.before, own: before.scores };
    return { before: { seeds, ...own }, after: { ...after, scores: proof.after } };
  }
  const show = scoreText(terms.measure);
  if (!alike(base, subject))
    notes.push(
      `The two plans are evaluated on different rows. On the rows that both share, the score goes from ${show(mean(proof.before))} to ${show(mean(proof.after))}; the proof rests on these.`,
    );
  return { before: { seeds, ...before }, after };
}

/** The plan alone on as many seeds as a proof has, where the budget holds them. */
export async function onMoreSeeds({ base, lab, settings }: Terms, runs: Run[]): Promise<Outcome["before"]> {
  if (runs.length >= settings.seeds) return seen(runs);
  const requests = Array.from(
    { length: settings.seeds },
    (_, i) => ({ plan: base.plan, seed: settings.seed + i, detail: "curves" }) as const,
  );
  const more = await lab.train(requests, "more seeds of the plan");
  return seen(more.every((run) => run !== null) ? more : runs);
}

/** The part held back, scored once at the very end. */
export async function heldBack(
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
  const runs = await lab.probe(jobs, "scoring what was held back");
  if (runs.some((run) => run === null)) return null;
  const scores = runs.map((run) => run?.end?.test ?? Number.NaN);
  return { before: scores.slice(0, seeds.length), after: prescribed ? scores.slice(seeds.length) : null };
}
