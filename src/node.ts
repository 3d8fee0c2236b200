/** unstuck on Node: plans, tables and runs from files, trainings on worker threads, graphs on onnxruntime; and the main job in one call. */
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { commandLine } from "./cli/command-line.ts";
import { memoized } from "./data/memoized.ts";
import { loadDataset } from "./data/node/load.ts";
import { VERSION } from "./files/node/version.ts";
import { localJobs } from "./jobs/local.ts";
import { loadPlan } from "./plan/node/load.ts";
import type { Report } from "./report/report.ts";
import { reportOf } from "./report/verdict/assemble.ts";
import { outcomeOf, type Progress } from "./trials/events.ts";
import { type FixInput, fix } from "./trials/fix.ts";
import type { Settings } from "./trials/terms.ts";

export { loadDataset } from "./data/node/load.ts";
export { graphEngine } from "./engine/graph-engine.ts";
export { onnxRuntime } from "./engine/node/onnxruntime.ts";
export { localJobs } from "./jobs/local.ts";
export { loadPlan } from "./plan/node/load.ts";
export { type RunHead, RunWriter, readRun } from "./run/node/store.ts";

export type FixPlanOptions = Partial<Omit<Settings, "began">> &
  Pick<FixInput, "signal"> & { threads?: number; show?: (progress: Progress) => void };

/**
 * What `unstuck fix` does, without printing or writing: finds why the plan in a file is stuck, tries remedies and proves them.
 *
 * ```ts
 * const report = await fixPlan("plan.json", { budget: 30 });
 * console.log(report.headline, report.prescription?.changes);
 * ```
 * @param options seed (1), seeds of a proof (5), budget in seconds (60, without end where `trainings` is given), trainings (a budget
 * that gives the same report on any machine), threads (all); `signal` ends it early with what is known by then, `show` is
 * given how far it is.
 */
export async function fixPlan(path: string, options: FixPlanOptions = {}): Promise<Report> {
  const { seed = 1, seeds = 5, budget, trainings, threads = availableParallelism(), signal, show } = options;
  const began = performance.now();
  const { plan, given, notes } = loadPlan(path);
  const load = memoized((one) => loadDataset(one, dirname(path), notes));
  const jobs = localJobs(load, threads);
  try {
    const settings = { seed, seeds, budget, trainings, began };
    const outcome = await outcomeOf(fix({ plan, given, jobs, load, settings, signal }), show);
    return reportOf(outcome, {
      version: VERSION,
      seed,
      command: commandLine("fix", path, { seed, seeds, budget, trainings }),
    });
  } finally {
    await jobs.close();
  }
}
