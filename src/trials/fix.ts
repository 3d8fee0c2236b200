/** The main line: train the plan, examine it, improve it, prove the improvement. */
import type { Case } from "../case/case.ts";
import { measureOf } from "../case/collect.ts";
import type { Prepared } from "../data/prepare.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { Given } from "../plan/edit.ts";
import type { Plan } from "../plan/plan.ts";
import { augmentedOf } from "./augmented.ts";
import { Budget } from "./budget.ts";
import { scoreOfRun } from "./compare.ts";
import { priceOf } from "./cost.ts";
import { effort, reducedSays } from "./effort.ts";
import { errorsOfRuns } from "./errors.ts";
import { type Emit, type FixEvent, streamed } from "./events.ts";
import { audit, diagnosed, examine, metricOf } from "./examine.ts";
import { type First, firstRuns, noneEnded } from "./first.ts";
import { improve } from "./improve.ts";
import { Lab } from "./lab.ts";
import { costOf } from "./measure.ts";
import {
  beforeAndAfter,
  ending,
  heldOut,
  type Outcome,
  onMoreSeeds,
  prescriptionOf,
  trainedOf,
  triedOf,
  untried,
  valuesOf,
} from "./outcome.ts";
import { confirm, prescribeProvable } from "./prescribe.ts";
import { emitProof } from "./prove.ts";
import { type Load, loaded, type Subject } from "./subject.ts";
import { suspectsOf } from "./suspects.ts";
import { examination, type Settings, type Terms } from "./terms.ts";

export type FixInput = {
  /** The plan, complete and as the user wrote it: a field that the user left out stays out in the edits. */
  plan: Plan;
  given: Given;
  /** Runs the trainings. */
  jobs: Jobs;
  /** Loads the data of the plan and of its edits; absent where only scores can be measured. */
  load?: Load;
  settings: Settings;
  /** Ends the work early, with the results so far. */
  signal?: AbortSignal;
};

/** A plan after its first trainings, and what is known of it. */
type Begun = { base: Subject; known: Case; data?: Prepared; first: First; notes: string[] };

/** Loads and trains the plan on up to `seeds` seeds. */
export async function begin({ plan, given, settings }: FixInput, seeds: number, lab: Lab): Promise<Begun> {
  const base = await loaded(plan, given, lab.load);
  const notes = [...(base.data?.dataset.notes ?? [])];
  const { known, data } = audit(base, settings.seed);
  const rows = data?.train.length;
  lab.price = priceOf(base.plan, rows);
  const cost = await costOf(base, rows, settings.seed, lab);
  const own = Array.from({ length: seeds }, (_, i) => settings.seed + i);
  const first = await firstRuns(base, own, rows, lab, cost, notes);
  const metric = metricOf(known, first.runs);
  return { base, known: { ...known, ...(metric && { metric }) }, ...(data && { data }), first, notes };
}

/** Runs `fix` or `why` in a Lab of its own. */
export const inLab = (
  { jobs, load, settings, signal: outer }: FixInput,
  work: (lab: Lab, outer?: AbortSignal) => Promise<Outcome>,
): AsyncGenerator<FixEvent, Outcome> =>
  streamed(async (emit: Emit, signal) => {
    const budget = new Budget(settings, signal);
    try {
      const lab = new Lab(jobs, budget, load, emit);
      const outcome = await work(lab, outer);
      return { ...outcome, ...ending(lab, outcome.notes, outer) };
    } finally {
      budget.stop();
    }
  }, outer);

// The number of seeds of the first trainings, if they fit the budget.
const FIRST_SEEDS = 3;

/**
 * The main job: why the plan is stuck, which edits improve it, and the proof, as a stream of events that ends in the Outcome, from which `reportOf`
 * makes a Report. To stop early, leave the loop.
 */
export const fix = (input: FixInput): AsyncGenerator<FixEvent, Outcome> =>
  inLab(input, (lab, outer) => improved(input, lab, outer));

async function improved(input: FixInput, lab: Lab, outer?: AbortSignal): Promise<Outcome> {
  const { settings } = input;
  const { base, known, data, first, notes } = await begin(input, FIRST_SEEDS, lab);
  if (first.runs.length === 0)
    return untried(diagnosed(base, known), [], { notes: [...notes, noneEnded(outer)], reduced: true });

  const terms = termsOf(base, known, first, settings, lab, data?.train.length);
  const { budget } = lab;
  budget.reserved = terms.effort.reserved;
  const examined = await examine(base, { known, data }, first.runs, lab, examination(terms));
  const seeds = Array.from({ length: terms.effort.seeds }, (_, i) => settings.seed + i);
  const { steps, provable, screened, proofs, explained, omitted } = await improve(terms, examined, seeds);
  budget.reserved = 0;
  const reduced = !provable;
  if (reduced && screened.length > 0) notes.push(reducedSays(terms.effort.share, base.plan));
  const prescribed =
    steps.length === 0
      ? null
      : await (reduced ? confirm(terms, steps, first) : prescribeProvable(terms, steps, proofs));

  if (prescribed) emitProof(lab, prescribed.steps, prescribed.proof);
  const { before, after = null } = prescribed
    ? await beforeAndAfter(terms, prescribed, notes)
    : { before: reduced ? trainedOf(first.runs) : await onMoreSeeds(terms, first.runs) };
  const test = await heldOut(base, prescribed, before.seeds, lab);
  const errors = errorsOfRuns(prescribed?.subject ?? base, after?.runs ?? before.runs);
  const augmented = augmentedOf(base, prescribed?.subject, settings.seed);
  return untried(examined, first.runs, {
    ...triedOf(screened, proofs),
    explained,
    omitted,
    prescribed: prescribed && prescriptionOf(prescribed),
    before: valuesOf(before),
    after: after && valuesOf(after),
    suspects: suspectsOf(examined),
    test,
    ...(errors && { errors }),
    ...(augmented && { augmented }),
    notes,
    reduced,
  });
}

function termsOf(base: Subject, known: Case, first: First, settings: Settings, lab: Lab, rows?: number): Terms {
  const measure = measureOf(known);
  const finite = first.runs.map(scoreOfRun).filter(Number.isFinite);
  const worst = measure.better === "higher" ? Math.min(...finite) : Math.max(...finite);
  const baseline = known.baselines?.[0]?.value ?? (finite.length > 0 ? worst : 0);
  const held = effort(first, { rows, seeds: settings.seeds, left: lab.budget.left });
  return { base, lab, settings, measure, baseline, cost: first.cost, effort: held };
}
