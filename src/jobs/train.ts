/** How jobs are grouped and carried out, whoever does it: threads of this process, or other machines. */
import type { Dataset } from "../data/dataset.ts";
import { makeLane, trainLanes } from "../engine/graph-engine.ts";
import { runsAlone } from "../engine/layers/index.ts";
import type { Runtime } from "../engine/runtime.ts";
import type { Job, JobEvent } from "./jobs.ts";
import { vary } from "./vary.ts";

/** A job without what cannot be sent: its signal is that of whoever carries it out. `id`: its place in the list that was run. */
export type Task = { id: number; job: Omit<Job, "signal"> };

// So many stacked trainings report their events, and can be stopped, together.
const MOST_TOGETHER = 16;

/** Tasks that may share a graph stay together, in parts for every worker; the others are bundles of their own. */
export function bundles<T extends Task>(tasks: readonly T[], workers: number): T[][] {
  const alike = new Map<string, T[]>();
  for (const task of tasks) {
    const key = bundleKey(task);
    alike.set(key, [...(alike.get(key) ?? []), task]);
  }
  return [...alike.values()].flatMap((group) => {
    const parts = isAlone(group[0].job)
      ? group.length
      : Math.max(Math.min(workers, group.length), Math.ceil(group.length / MOST_TOGETHER));
    return Array.from({ length: parts }, (_, k) =>
      group.slice(Math.ceil((k * group.length) / parts), Math.ceil(((k + 1) * group.length) / parts)),
    );
  });
}

function bundleKey({ id, job: { plan, options, variation, from } }: Task): string {
  const { optimizer, epochs, batchSize, loss } = plan.training;
  // A checkpoint is of one training, whose bits depend on what it is stacked with.
  return JSON.stringify(from ? id : [plan.network, optimizer.name, epochs, batchSize, loss, options, variation?.kind]);
}

/** Layers that cannot be stacked fill a processor alone. */
const isAlone = ({ plan: { network } }: Task["job"]): boolean => typeof network !== "string" && network.some(runsAlone);

/** What stops the tasks: `all` of them, or one. */
type Stops = { all(): boolean; one(id: number): boolean };

/** Trains the tasks of one bundle. */
export async function* trainBundle(
  bundle: readonly (Task & { dataset: Dataset })[],
  runtime: Runtime,
  stops: Stops,
): AsyncGenerator<JobEvent> {
  const lanes = bundle.map(({ id, job, dataset }) => {
    const lane = makeLane(job.plan, dataset, job.seed);
    return { ...lane, data: vary(lane.data, job.variation, job.seed), signal: signalOf(() => stops.one(id)) };
  });
  const { options, from } = bundle[0].job;
  const signal = signalOf(stops.all);
  for await (const { lane, event } of trainLanes(lanes, runtime, { ...options, from, signal }))
    yield { job: bundle[lane].id, event };
}

const signalOf = (isAborted: () => boolean) => ({
  get aborted() {
    return isAborted();
  },
});
