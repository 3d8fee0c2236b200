/** unstuck fix: the main job – why the network is stuck, what to change, and the proof. */
import { dirname, join } from "node:path";
import { datasetKey } from "../data/build.ts";
import { loadDataset } from "../data/node/load.ts";
import { localJobs } from "../jobs/local.ts";
import { loadPlan } from "../plan/node/load.ts";
import type { Plan } from "../plan/plan.ts";
import { reportOf } from "../report/assemble.ts";
import { renderHtml } from "../report/html/page.ts";
import { type Report, toJson } from "../report/report.ts";
import { renderText } from "../report/text.ts";
import { fix } from "../trials/fix.ts";
import { EXIT, interruption, look, Teller } from "./console.ts";
import { folder, save, savePlan } from "./files.ts";
import type { Common } from "./options.ts";
import { commandLine, VERSION } from "./version.ts";

export async function runFix(what: string, options: Common): Promise<number> {
  const { plan, given, path } = loadPlan(what);
  const out = folder(options.out);
  const load = remembered((p: Plan) => loadDataset(p, dirname(path)));
  const jobs = localJobs(load, options.threads);
  const stop = interruption();
  const teller = new Teller(Boolean(options.quiet || options.json));
  const { seed, seeds, budget, threads } = options;
  try {
    const outcome = await fix({
      plan,
      given,
      jobs,
      load,
      settings: { seed, seeds, budget, threads },
      signal: stop.signal,
      tell: teller.tell,
    });
    const report = reportOf(outcome, { version: VERSION, seed, command: commandLine("fix", what, options) });
    teller.clear();
    const files = [save(join(out, "unstuck-report.html"), renderHtml(report))];
    if (report.prescription) files.push(savePlan(report.prescription.plan, path, out));
    process.stdout.write(options.json ? `${toJson(report)}\n` : renderText(report, { ...look(), files }));
    if (stop.interrupted()) return EXIT.interrupted;
    return options.check && holdsBack(report) ? EXIT.found : EXIT.done;
  } finally {
    teller.clear();
    await jobs.close();
  }
}

export const holdsBack = ({ verdict }: Report): boolean => ["stuck", "slow", "misleading"].includes(verdict);

/** The data of plans that read the same are loaded once. */
export function remembered<T>(load: (plan: Plan) => Promise<T>): (plan: Plan) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (plan) => {
    const key = datasetKey(plan);
    const entry = known.get(key) ?? load(plan);
    known.set(key, entry);
    return entry;
  };
}
