/** Trains a plan, looks at everything, runs the probes that can change the ranking, and ranks the causes. */
import type { Case } from "../case/case.ts";
import { fromRuns, judgedBy } from "../case/collect.ts";
import { fromPlan } from "../case/from-plan.ts";
import { type Diagnosis, diagnose } from "../causes/diagnose.ts";
import { causeOf } from "../causes/index.ts";
import { atMost } from "../causes/rank.ts";
import type { Dataset } from "../data/dataset.ts";
import { evidence } from "../data/evidence/index.ts";
import { type Prepared, prepare } from "../data/prepare.ts";
import { counted, profile } from "../data/profile.ts";
import { resident } from "../data/resident.ts";
import { baselines } from "../data/simple/baselines.ts";
import { naiveForecast } from "../data/simple/naive.ts";
import { type Resolved, resolve } from "../engine/resolve.ts";
import type { Given } from "../plan/edit.ts";
import { type Plan, parsePlan } from "../plan/plan.ts";
import { probes } from "../probes/index.ts";
import { PROBES, type ProbeId } from "../probes/parts.ts";
import type { ProbeContext } from "../probes/probe.ts";
import type { Run } from "../run/run.ts";
import type { Cost } from "./cost.ts";
import type { Lab } from "./lab.ts";

/** A plan with its data, ready to be judged. `complete`: the plan with its loss and its metric decided. */
export type Subject = { plan: Plan; complete: Plan; given: Given; dataset: Dataset; resolved: Resolved };

export type Examined = Diagnosis & { subject: Subject };

/** The plan with what it leaves open decided: its task must not change with an edit of its loss. */
export function subjectOf(plan: Plan, given: Given, dataset: Dataset): Subject {
  const resolved = resolve(plan, dataset);
  const { loss, metric } = resolved;
  const pinned = { ...plan, data: { ...plan.data, task: dataset.task } };
  const complete = { ...pinned, training: { ...plan.training, loss }, metric };
  return { plan: pinned, complete, given, dataset, resolved };
}

/** An edit of `base`, loaded and built; throws the user's error where it cannot be. */
export async function edited(given: Given, base: Subject, lab: Lab): Promise<Subject> {
  const plan = parsePlan(given);
  const pinned = { ...plan, data: { ...plan.data, task: base.dataset.task } };
  return subjectOf(pinned, given, await lab.load(pinned));
}

/** What is known without any training. */
export function audit(subject: Subject, seed: number): { known: Case; data: Prepared } {
  const ready = readied(subject, seed);
  const { dataset, data } = ready.seen;
  return {
    known: {
      ...fromPlan(subject.complete),
      ...measured(subject, ready),
      ...evidence(dataset, data, subject.resolved.metric),
    },
    data: ready.data,
  };
}

/** `seen`: the rows that are measured, in memory. */
type Ready = { data: Prepared; seen: { dataset: Dataset; data: Prepared } };

export function readied({ plan, dataset, resolved }: Subject, seed: number): Ready {
  const data = prepare(plan, dataset, seed, resolved.network.units);
  return { data, seen: resident(dataset, data) };
}

/** The same of the data alone, and without the evidence. */
export function measured({ plan, dataset, resolved }: Subject, { data, seen }: Ready): Case {
  const { metric } = resolved;
  return {
    version: 1,
    task: dataset.task,
    profile: { ...profile(plan, seen.dataset, seen.data), ...(data.stored && counted(plan, dataset, data)) },
    metric: judgedBy(resolved, data),
    baselines: [...baselines(seen.dataset, seen.data, metric), ...naiveForecast(seen.dataset, seen.data, metric)],
  };
}

export const judge = (subject: Subject, known: Case): Examined => ({ subject, ...diagnose(known) });

// A suspect below this is not worth a probe of its own; nor, where trainings are dear, one that is hardly likely.
const WORTH_A_PROBE = 0.05;
const WORTH_A_DEAR_PROBE = 0.3;
/** Nor one that the probe could not make about as likely as not. Chosen by hand. */
const DECIDES = 0.4;
// Share of what is left that one probe may take.
const PROBE_SHARE = 0.08;

/** `dear`: the budget holds only few trainings. */
type Setting = { seed: number; cost: Cost; dear?: boolean };

/**
 * @param runs finished trainings of the plan, told in full detail.
 */
export async function examine(
  subject: Subject,
  base: { known: Case; data: Prepared },
  runs: Run[],
  lab: Lab,
  { seed, cost, dear = false }: Setting,
): Promise<Examined> {
  const { plan, dataset } = subject;
  let found = judge(subject, { ...base.known, ...fromRuns(runs, base.data, dataset) });
  for (const probe of probes) {
    if (!wanted(probe.id, found, dear)) continue;
    const context: ProbeContext = {
      plan: subject.complete,
      seed,
      known: found.known,
      dataset,
      data: base.data,
      rows: base.data.train.length,
      stepsPerEpoch: Math.ceil(base.data.train.length / Math.min(plan.training.batchSize, base.data.train.length)),
      steps: Math.floor((lab.budget.left * PROBE_SHARE * cost.abreast) / Math.max(1e-9, cost.step)),
    };
    const jobs = probe.jobs(context);
    const steps = jobs.length * plan.training.epochs * context.stepsPerEpoch;
    // A probe that repeats the whole training runs only where the budget holds it.
    if (probe.whole && steps > context.steps) continue;
    const told = await lab.probe(jobs, `probe ${probe.id}`);
    if (told.some((run) => run === null)) continue;
    found = judge(subject, { ...found.known, ...probe.read(told as Run[], context) });
  }
  return found;
}

/** Whether a suspect asks for this probe that is likely, or would be if the probe spoke for it and trials can have the last word. */
const wanted = (id: ProbeId, { suspects, findings }: Diagnosis, dear: boolean): boolean =>
  suspects.some((one) => {
    const cause = causeOf(one.id);
    if (!cause.probes.includes(id)) return false;
    if (one.suspicion >= (dear ? WORTH_A_DEAR_PROBE : WORTH_A_PROBE)) return true;
    return !dear && cause.proof !== "evidence" && atMost(one.id, findings, PROBES[id]) >= DECIDES;
  });
