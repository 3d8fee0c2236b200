/** Examines a plan that was trained, runs the probes that can change the ranking, and ranks the causes. */
import type { Case, Metric } from "../case/case.ts";
import { fromRuns, measuredBy } from "../case/collect.ts";
import { fromPlan } from "../case/from-plan.ts";
import { type Diagnosis, diagnose } from "../causes/diagnose.ts";
import { causeOf } from "../causes/index.ts";
import { atMost } from "../causes/rank.ts";
import type { Dataset } from "../data/dataset.ts";
import { evidence } from "../data/evidence/index.ts";
import { better } from "../data/metrics.ts";
import type { Prepared } from "../data/prepare.ts";
import { counted, profile } from "../data/profile.ts";
import { resident } from "../data/resident.ts";
import { baselines } from "../data/simple/baselines.ts";
import { naiveForecast } from "../data/simple/naive.ts";
import type { MetricName } from "../plan/plan.ts";
import { probes } from "../probes/index.ts";
import { PROBES, type ProbeId } from "../probes/parts.ts";
import type { ProbeContext } from "../probes/probe.ts";
import type { Run } from "../run/run.ts";
import type { Cost } from "./cost.ts";
import type { Lab } from "./lab.ts";
import type { Subject, WithData } from "./subject.ts";

export type Examined = Diagnosis & { subject: Subject };

/** The parts of the Case that are known without any training. */
export function audit(subject: WithData, seed: number): { known: Case; data: Prepared };
export function audit(subject: Subject, seed: number): { known: Case; data?: Prepared };
export function audit({ data: material, ...subject }: Subject, seed: number): { known: Case; data?: Prepared } {
  const own = fromPlan(subject.complete);
  if (!material) return { known: { version: 1, ...own } };
  const whole = { ...subject, data: material };
  const ready = readied(whole, seed);
  const { dataset, data } = ready.sample;
  const facts = evidence(dataset, data, material.resolved.metric);
  return { known: { ...own, ...measured(whole, ready), ...facts }, data: ready.data };
}

/** The metric of the trainings; that of a subject without data is the one that they report. */
export function metricOf({ metric }: Case, [run]: readonly Run[]): Metric | undefined {
  if (metric || !run?.start) return metric;
  const name = run.start.metric;
  const split = run.start.rows.validation > 0 ? "validation" : "training";
  return { name, better: better(name as MetricName), split };
}

/** `sample`: the rows that are measured, in memory. */
type Ready = { data: Prepared; sample: { dataset: Dataset; data: Prepared } };

export function readied({ data: { dataset, prepared } }: WithData, seed: number): Ready {
  const data = prepared(seed);
  return { data, sample: resident(dataset, data) };
}

/** The same from the data alone, and without the evidence. */
export function measured({ plan, data: { dataset, resolved } }: WithData, { data, sample }: Ready): Case {
  const { metric } = resolved;
  return {
    version: 1,
    task: dataset.task,
    profile: { ...profile(plan, sample.dataset, sample.data), ...(data.stored && counted(plan, dataset, data)) },
    metric: measuredBy(resolved, data),
    baselines: [
      ...baselines(sample.dataset, sample.data, metric),
      ...naiveForecast(sample.dataset, sample.data, metric),
    ],
  };
}

export const diagnosed = (subject: Subject, known: Case): Examined => ({ subject, ...diagnose(known) });

// The least suspicion that is worth a probe of its own: usually, and where trainings are expensive.
const WORTH_A_PROBE = 0.05;
const WORTH_A_COSTLY_PROBE = 0.3;
/** A suspect is not worth a probe either if the probe could not raise its suspicion to about this. Chosen by hand. */
const DECIDES = 0.4;
// The share of what is left of the budget that one probe may take.
const PROBE_SHARE = 0.08;

/** `costly`: only few trainings fit the budget. */
type Setting = { seed: number; cost: Cost; costly?: boolean };

/**
 * @param runs finished trainings of the plan, recorded in full detail.
 */
export async function examine(
  subject: Subject,
  base: { known: Case; data?: Prepared | undefined },
  runs: Run[],
  lab: Lab,
  { seed, cost, costly = false }: Setting,
): Promise<Examined> {
  const { plan, data: material } = subject;
  let found = diagnosed(subject, { ...base.known, ...fromRuns(runs, base.data, material?.dataset) });
  const report = reporting(lab);
  report(found);
  const { data } = base;
  // Every probe changes or counts rows, so without data there are none.
  if (!material || !data) return found;
  for (const probe of probes) {
    if (!wanted(probe.id, found, costly)) continue;
    const context: ProbeContext = {
      plan: subject.complete,
      seed,
      known: found.known,
      dataset: material.dataset,
      data,
      rows: data.train.length,
      stepsPerEpoch: Math.ceil(data.train.length / Math.min(plan.training.batchSize, data.train.length)),
      steps: Math.floor((lab.budget.left * PROBE_SHARE * cost.abreast) / Math.max(1e-9, cost.step)),
    };
    const jobs = probe.jobs(context);
    const steps = jobs.length * plan.training.epochs * context.stepsPerEpoch;
    // A probe that repeats the whole training runs only where that fits the budget.
    if (probe.whole && steps > context.steps) continue;
    const ended = await lab.probe(jobs, `probe ${probe.id}`);
    if (ended.some((run) => run === null)) continue;
    found = diagnosed(subject, { ...found.known, ...probe.read(ended as Run[], context) });
    report(found);
  }
  return found;
}

/** Emits what is found for the first time. */
function reporting(lab: Lab): (found: Diagnosis) => void {
  const known = new Set<string>();
  return ({ findings }) => {
    for (const finding of findings) {
      if (finding.state !== "present" || known.has(finding.check)) continue;
      known.add(finding.check);
      lab.emit({ type: "finding", finding });
    }
  };
}

/** Whether a suspect asks for this probe that is likely, or that would be likely after a positive result and can still be tried in trials. */
const wanted = (id: ProbeId, { suspects, findings }: Diagnosis, costly: boolean): boolean =>
  suspects.some((one) => {
    const cause = causeOf(one.id);
    if (!cause.probes.includes(id)) return false;
    if (one.suspicion >= (costly ? WORTH_A_COSTLY_PROBE : WORTH_A_PROBE)) return true;
    return !costly && cause.proof !== "evidence" && atMost(one.id, findings, PROBES[id]) >= DECIDES;
  });
