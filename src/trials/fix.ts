/** The main line: look at the plan, examine it, improve it, prove the improvement. */
import { measureOf } from "../case/collect.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { Given } from "../plan/edit.ts";
import type { Plan } from "../plan/plan.ts";
import { Budget } from "./budget.ts";
import { priceOf } from "./cost.ts";
import { effort, reducedSays } from "./effort.ts";
import { errorsOfRuns } from "./errors.ts";
import { audit, examine, judge, type Subject, subjectOf } from "./examine.ts";
import { firstLook, noneEnded } from "./first.ts";
import { improve } from "./improve.ts";
import { Lab, type Progress } from "./lab.ts";
import { costOf } from "./measure.ts";
import { beforeAndAfter, ending, heldBack, type Outcome, onMoreSeeds, untried } from "./outcome.ts";
import { confirm, prescribeProvable } from "./prescribe.ts";
import { suspectsOf } from "./suspects.ts";
import { examination, type Settings, type Terms } from "./terms.ts";

export type FixInput = {
  /** Complete, and as the user gave it: what the user is silent about stays silent in the edits. */
  plan: Plan;
  given: Given;
  /** Carries out the trainings. */
  jobs: Jobs;
  /** The data of the plan and of its edits. */
  load: (plan: Plan) => Promise<Dataset>;
  settings: Settings;
  /** Ends it early, with what is known by then. */
  signal?: AbortSignal;
  tell?: (progress: Progress) => void;
};

// Seeds of the first look, if the budget holds them.
const LOOKS = 3;

/** The main job: why the plan is stuck, which edits gain, and the proof. `reportOf` makes a Report of the outcome. */
export async function fix({ plan, given, jobs, load, settings, signal, tell }: FixInput): Promise<Outcome> {
  const budget = new Budget(settings, signal);
  try {
    const lab = new Lab(jobs, load, budget, tell);
    const outcome = await improved(subjectOf(plan, given, await load(plan)), lab, settings, signal);
    return { ...outcome, ...ending(lab, outcome.notes, signal) };
  } finally {
    budget.stop();
  }
}

async function improved(base: Subject, lab: Lab, settings: Settings, signal?: AbortSignal): Promise<Outcome> {
  const { budget } = lab;
  const { seed, seeds, threads } = settings;
  const notes = [...base.dataset.notes];
  const { known, data } = audit(base, seed);
  const rows = data.train.length;

  lab.price = priceOf(base.plan, rows);
  const timing = await costOf(base, rows, seed, lab, threads);
  const wanted = (count: number) => Array.from({ length: count }, (_, i) => seed + i);
  const first = await firstLook(base, wanted(LOOKS), rows, lab, timing, notes);
  if (first.runs.length === 0)
    return untried(judge(base, known), [], { notes: [...notes, noneEnded(signal)], reduced: true });

  const held = effort(first, { rows, seeds, left: budget.left });
  const baseline = known.baselines?.[0]?.value ?? 0;
  const terms: Terms = { base, lab, settings, measure: measureOf(known), baseline, cost: first.cost, effort: held };
  budget.reserved = held.reserved;
  const examined = await examine(base, { known, data }, first.runs, lab, examination(terms));
  const { steps, provable, ...tried } = await improve(terms, examined, wanted(held.seeds));
  budget.reserved = 0;
  const reduced = !provable;
  if (reduced) notes.push(reducedSays(held.share, base.plan));
  const prescribed =
    steps.length === 0
      ? null
      : await (reduced ? confirm(terms, steps, first) : prescribeProvable(terms, steps, tried.proofs));

  const scores = prescribed
    ? await beforeAndAfter(terms, prescribed, notes)
    : { before: reduced ? untried(examined, first.runs).before : await onMoreSeeds(terms, first.runs) };
  const test = await heldBack(base, prescribed, scores.before.seeds, lab);
  const ended = prescribed && "after" in scores ? (scores.after?.runs ?? []) : scores.before.runs;
  const errors = errorsOfRuns(prescribed?.subject ?? base, ended);
  return untried(examined, first.runs, {
    ...tried,
    prescribed,
    ...scores,
    suspects: suspectsOf(examined),
    test,
    errors,
    notes,
    reduced,
  });
}
