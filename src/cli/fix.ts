/** unstuck fix: the main job – why the network is stuck, what to change, and the proof. */
import { memoized } from "../data/memoized.ts";
import { VERSION } from "../files/node/version.ts";
import { localJobs } from "../jobs/local.ts";
import { reportOf } from "../report/verdict/assemble.ts";
import { outcomeOf } from "../trials/events.ts";
import { fix } from "../trials/fix.ts";
import { commandLine } from "./command-line.ts";
import { interruption, ProgressLine } from "./console.ts";
import { folder, savePlan, saveProposal } from "./files.ts";
import type { Common, TableOptions } from "./options.ts";
import { present } from "./present.ts";
import { workOf } from "./what.ts";

export async function runFix(what: string, options: Common & TableOptions): Promise<number> {
  const work = await workOf(what, options);
  const { plan, given, path, proposed } = work;
  const out = folder(options.out);
  const load = memoized(work.load);
  await load(plan);
  const stop = await interruption(Boolean(options.quiet));
  const proposal = proposed ? [saveProposal(given, path, out)] : [];
  const jobs = localJobs(load, options.threads);
  const progressLine = new ProgressLine(Boolean(options.quiet || options.json));
  const { seed, seeds, budget, trainings } = options;
  try {
    // The time counts from the start of the command, reading included.
    const settings = { seed, seeds, budget, trainings, began: 0 };
    const outcome = await outcomeOf(fix({ plan, given, jobs, load, settings, signal: stop.signal }), progressLine.show);
    const report = reportOf(
      { ...outcome, notes: [...(proposed ? [proposed] : []), ...outcome.notes] },
      { version: VERSION, seed, command: commandLine("fix", what, options) },
    );
    progressLine.clear();
    return present(report, options, {
      out,
      interrupted: stop.interrupted(),
      written: () => [...proposal, ...(report.prescription ? [savePlan(report.prescription.plan, path, out)] : [])],
    });
  } finally {
    progressLine.clear();
    await jobs.close();
  }
}
