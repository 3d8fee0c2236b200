/** unstuck why: the diagnosis without trials, of a plan or of a run that is kept. */
import { relative } from "node:path";
import type { Case } from "../case/case.ts";
import { fromRuns } from "../case/collect.ts";
import { diagnose } from "../causes/diagnose.ts";
import { memoized } from "../data/memoized.ts";
import { fingerprint } from "../data/node/fingerprint.ts";
import type { Prepared } from "../data/prepare.ts";
import { VERSION } from "../files/node/version.ts";
import { localJobs } from "../jobs/local.ts";
import type { Given } from "../plan/edit.ts";
import type { Plan } from "../plan/plan.ts";
import type { Files } from "../readers/files.ts";
import { readerOf } from "../readers/index.ts";
import { accept } from "../readers/node/recognise.ts";
import type { Reading } from "../readers/reader.ts";
import { unstuck } from "../readers/unstuck.ts";
import { reportOf } from "../report/verdict/assemble.ts";
import type { RunHead } from "../run/head.ts";
import { readRun } from "../run/node/store.ts";
import { stopped } from "../run/run.ts";
import { errorsOfRuns } from "../trials/errors.ts";
import { outcomeOf } from "../trials/events.ts";
import { audit } from "../trials/examine.ts";
import { type Outcome, untried } from "../trials/outcome.ts";
import { type Load, subjectOf, type WithData } from "../trials/subject.ts";
import { why } from "../trials/why.ts";
import { UserError } from "../user-error.ts";
import { commandLine, quoted } from "./command-line.ts";
import { interruption, ProgressLine } from "./console.ts";
import { folder } from "./files.ts";
import type { Common } from "./options.ts";
import { present } from "./present.ts";
import { keptWork, workOf } from "./what.ts";

export async function runWhy(what: string, options: Common): Promise<number> {
  const { id, files } = accept(what, "why");
  const out = folder(options.out);
  if (id === "run") {
    const { head } = readRun(files.path);
    const origin = { seed: head.seed, command: commandLine("why", what, {}), prove: relative(".", head.plan) };
    return shown(ofRun(files), origin, options, { out, interrupted: false });
  }
  const reader = readerOf(files);
  if (reader) {
    const origin = { seed: options.seed, command: commandLine("why", what, {}) };
    return shown(ofLog(reader.read(files)), origin, options, { out, interrupted: false });
  }
  const { plan, given, load: read } = await workOf(what, { quiet: options.quiet }, "why");
  const load = memoized(read);
  await load(plan);
  const { signal, interrupted } = await interruption(Boolean(options.quiet));
  const origin = { seed: options.seed, command: commandLine("why", what, options, DEFAULTS), prove: what };
  const outcome = await ofPlan({ plan, given, load, signal }, options);
  return shown(outcome, origin, options, { out, interrupted: interrupted() });
}

const DEFAULTS = { seeds: 3 };

async function shown(
  outcome: Outcome | Promise<Outcome>,
  { prove, ...origin }: { seed: number; command: string; prove?: string },
  options: Common,
  ending: Parameters<typeof present>[2],
): Promise<number> {
  const command = prove === undefined ? {} : { prove: `unstuck fix ${quoted(prove)}` };
  const report = reportOf(await outcome, { version: VERSION, ...origin, ...command });
  return present(report, options, ending);
}

type Work = { plan: Plan; given: Given; load: Load; signal: AbortSignal };

async function ofPlan(input: Work, options: Common): Promise<Outcome> {
  const jobs = localJobs(input.load, options.threads);
  const progressLine = new ProgressLine(Boolean(options.quiet || options.json));
  const { seed, seeds, budget, trainings } = options;
  try {
    return await outcomeOf(
      why({ ...input, jobs, settings: { seed, seeds, budget, trainings, began: 0 } }),
      progressLine.show,
    );
  } finally {
    progressLine.clear();
    await jobs.close();
  }
}

/** What a log tells of its training. */
const ofLog = ({ known, notes, read }: Reading): Outcome => untried(diagnose(known), [], { notes, read });

/** What a kept run and, where they are still the same, its data tell. Nothing is trained. */
async function ofRun(files: Files): Promise<Outcome> {
  const began = performance.now();
  const { known, notes } = unstuck.read(files);
  const { head, run: kept } = readRun(files.path);
  const run = stopped(kept);
  const seen = await dataOf(files.path, head);
  const { audited } = seen;
  const all = audited
    ? { ...known, ...audited.known, ...fromRuns([run], audited.data, audited.subject.data.dataset) }
    : known;
  const whole = run.end !== undefined && run.end.reason !== "stopped";
  return untried(diagnose(all), run.epochs.length > 0 || whole ? [run] : [], {
    errors: audited && errorsOfRuns(audited.subject, [run]),
    notes: [...notes, ...seen.notes],
    reduced: !whole,
    seconds: (performance.now() - began) / 1000,
  });
}

type Audited = { known: Case; data: Prepared; subject: WithData };

/** The data of the run, audited, unless they are gone or have changed. */
async function dataOf(path: string, head: RunHead): Promise<{ audited?: Audited; notes: string[] }> {
  const { plan, given, load } = keptWork(path, {});
  const unseen = (why: string) => ({ notes: [`${why}, so the data were not checked.`] });
  try {
    const dataset = await load(plan);
    const subject = subjectOf(plan, given, dataset);
    const { known, data } = audit(subject, head.seed);
    if (fingerprint(data) !== head.data) return unseen("The data have changed since the run");
    return { audited: { known, data, subject }, notes: dataset.notes };
  } catch (error) {
    if (error instanceof UserError) return unseen(`The data cannot be read (${error.fact.replace(/\.$/, "")})`);
    throw error;
  }
}
