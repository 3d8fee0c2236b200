/** The subject of trials: a plan and, where they were loaded here, its data. A user's own script has no data here, so only its scores are measured. */
import type { Dataset } from "../data/dataset.ts";
import { type Prepared, prepare } from "../data/prepare.ts";
import { type Resolved, resolve } from "../engine/resolve.ts";
import type { Given } from "../plan/edit.ts";
import { type Plan, parsePlan } from "../plan/plan.ts";

export type Load = (plan: Plan) => Promise<Dataset>;

/** `prepared`: the prepared data of a training with that seed. `preparing` is shared by a plan and its edits. */
export type Material = {
  dataset: Dataset;
  resolved: Resolved;
  prepared(seed: number): Prepared;
  preparing: Preparing;
};

/** `complete`: the plan with its loss and its metric decided. */
export type Subject = { plan: Plan; complete: Plan; given: Given; data?: Material };

/** A subject with its data. */
export type WithData = Subject & { data: Material };

type Preparing = (plan: Plan, dataset: Dataset, seed: number, units: number) => Prepared;

/** How many prepared data are kept: those of a plan and of its edit, for one seed after the other; more would fill the memory. */
const KEPT = 2;

/** Prepares data, and keeps the most recent ones. */
function preparing(): Preparing {
  let kept: { plan: Plan; dataset: Dataset; seed: number; data: Prepared }[] = [];
  return (plan, dataset, seed, units) => {
    const known = kept.find((one) => one.plan === plan && one.dataset === dataset && one.seed === seed);
    const own = known ?? { plan, dataset, seed, data: prepare(plan, dataset, seed, units) };
    kept = [own, ...kept.filter((one) => one !== own)].slice(0, KEPT);
    return own.data;
  };
}

/** The plan with everything decided that it leaves open, so that its task does not change with an edit of its loss. */
export function subjectOf(plan: Plan, given: Given, dataset: Dataset, by: Preparing = preparing()): WithData {
  const resolved = resolve(plan, dataset);
  const { loss, metric, network } = resolved;
  const pinned = { ...plan, data: { ...plan.data, task: dataset.task } };
  const complete = { ...pinned, training: { ...plan.training, loss }, metric };
  const prepared = (seed: number) => by(pinned, dataset, seed, network.units);
  return { plan: pinned, complete, given, data: { dataset, resolved, prepared, preparing: by } };
}

/** The plan and, where they can be loaded, its data. */
export async function loaded(plan: Plan, given: Given, load: Load | undefined): Promise<Subject> {
  return load ? subjectOf(plan, given, await load(plan)) : { plan, complete: plan, given };
}

/** An edit of `base`, loaded and built; throws a UserError where that is impossible. */
export async function edited(given: Given, base: Subject, load: Load | undefined): Promise<Subject> {
  const plan = parsePlan(given);
  const pinned = { ...plan, data: { ...plan.data, task: base.plan.data.task } };
  if (!base.data || !load) return { plan: pinned, complete: pinned, given };
  return subjectOf(pinned, given, await load(pinned), base.data.preparing);
}
