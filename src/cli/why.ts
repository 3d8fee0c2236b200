/** unstuck why: the diagnosis without trials, of a plan or of a run that is kept. */
import { relative } from "node:path";
import type { Case } from "../case/case.ts";
import { fromRuns } from "../case/collect.ts";
import { fromPlan } from "../case/from-plan.ts";
import { diagnose } from "../causes/diagnose.ts";
import { memoized } from "../data/memoized.ts";
import { better } from "../data/metrics.ts";
import { fingerprint } from "../data/node/fingerprint.ts";
import type { Prepared } from "../data/prepare.ts";
import { VERSION } from "../files/node/version.ts";
import { localJobs } from "../jobs/local.ts";
import { type Loss, type LossName, type MetricName, type Plan, parsePlan } from "../plan/plan.ts";
import { reportOf } from "../report/verdict/assemble.ts";
import type { RunHead } from "../run/head.ts";
import { skippedNote } from "../run/node/keeper.ts";
import { readRun } from "../run/node/store.ts";
import { type Run, stopped } from "../run/run.ts";
import { errorsOfRuns } from "../trials/errors.ts";
import { audit, type Subject, subjectOf } from "../trials/examine.ts";
import { type Outcome, untried } from "../trials/outcome.ts";
import { why } from "../trials/why.ts";
import { UserError } from "../user-error.ts";
import { commandLine, quoted } from "./command-line.ts";
import { interruption, Teller } from "./console.ts";
import { folder } from "./files.ts";
import type { Common } from "./options.ts";
import { present } from "./present.ts";
import { isTable, runFolder, workOf } from "./what.ts";

export async function runWhy(what: string, options: Common): Promise<number> {
  refuseLogs(what);
  const out = folder(options.out);
  const stop = interruption(Boolean(options.quiet));
  const run = runFolder(what);
  const outcome = run ? await ofRun(run) : await ofPlan(what, options, stop.signal);
  const report = reportOf(outcome, {
    version: VERSION,
    seed: run ? readRun(run).head.seed : options.seed,
    command: commandLine("why", what, run ? {} : options, { budget: 60, seeds: 3 }),
    prove: `unstuck fix ${quoted(run ? relative(".", readRun(run).head.plan) : what)}`,
  });
  return present(report, options, { out, interrupted: stop.interrupted() });
}

function refuseLogs(what: string): void {
  const log = what === "-" || /\.(log|ipynb|txt|out)$/i.test(what) || /events\.out\.tfevents/.test(what);
  if (log)
    throw new UserError(
      `${what === "-" ? "standard input" : what}: logs and notebooks cannot be read yet.`,
      "Give a plan, or a run as unstuck train keeps it.",
    );
  if (isTable(what))
    throw new UserError(
      `${what} is a table, in which no training can be looked at.`,
      `Try unstuck audit ${quoted(what)} --target COLUMN, or unstuck fix in its place.`,
    );
}

async function ofPlan(what: string, options: Common, signal: AbortSignal): Promise<Outcome> {
  const { plan, given, load: read } = await workOf(what, { quiet: options.quiet });
  const load = memoized(read);
  await load(plan);
  const jobs = localJobs(load, options.threads);
  const teller = new Teller(Boolean(options.quiet || options.json));
  const { seed, seeds, budget, threads } = options;
  try {
    return await why({
      plan,
      given,
      jobs,
      load,
      settings: { seed, seeds, budget, threads },
      signal,
      tell: teller.tell,
    });
  } finally {
    teller.clear();
    await jobs.close();
  }
}

/** What a kept run and, where they are still the same, its data tell. Nothing is trained. */
async function ofRun(path: string): Promise<Outcome> {
  const began = performance.now();
  const { head, run: kept, skipped } = readRun(path);
  const run = stopped(kept);
  if (!run.start) throw new UserError("this run was ended before it began.", "Train the plan again.", path);
  const seen = await dataOf(path, head);
  const known = seen.audited
    ? { ...seen.audited.known, ...fromRuns([run], seen.audited.data, seen.audited.subject.dataset) }
    : { ...fromHead(head, run), ...fromRuns([run]) };
  const whole = run.end !== undefined && run.end.reason !== "stopped";
  const early = `The training was ended in epoch ${run.epochs.length + 1} of ${run.start.epochs}; unstuck train ${quoted(path)} goes on with it.`;
  return untried(diagnose(known), run.epochs.length > 0 || whole ? [run] : [], {
    errors: seen.audited && errorsOfRuns(seen.audited.subject, [run]),
    notes: [...(whole ? [] : [early]), ...skippedNote(skipped), ...seen.notes],
    reduced: !whole,
    seconds: (performance.now() - began) / 1000,
  });
}

type Audited = { known: Case; data: Prepared; subject: Subject };

/** The data of the run, looked through, unless they are gone or other than they were. */
async function dataOf(path: string, head: RunHead): Promise<{ audited?: Audited; notes: string[] }> {
  const { plan, given, load } = await workOf(path, {});
  const unseen = (why: string) => ({ notes: [`${why}, so what the data hold was not looked at.`] });
  try {
    const dataset = await load(plan);
    const subject = subjectOf(plan, given, dataset);
    const { known, data } = audit(subject, head.seed);
    if (fingerprint(data) !== head.data) return unseen("The data have changed since the run");
    return { audited: { known, data, subject }, notes: dataset.notes };
  } catch (error) {
    if (error instanceof UserError)
      return unseen(`The data cannot be read any more (${error.fact.replace(/\.$/, "")})`);
    throw error;
  }
}

/** What is known of a run without its data. */
function fromHead({ given, task }: RunHead, { start }: Run): Case {
  const plan: Plan = parsePlan(given);
  const metric = plan.metric ?? { name: start!.metric as MetricName, k: 5 };
  const loss = plan.training.loss ?? silent(start!.loss as LossName);
  const split = start!.rows.validation > 0 ? "validation" : "training";
  return {
    version: 1,
    ...fromPlan({ ...plan, training: { ...plan.training, loss }, metric }),
    task,
    metric: { name: metric.name, better: better(metric.name), split },
  };
}

/** A loss of which the plan says nothing. */
const silent = (name: LossName): Loss => ({ name, fromLogits: false, reduction: "mean", labelSmoothing: 0 });
