/** Our own runs, as `unstuck train` keeps them, and those of a recorder. The data are not read here: who finds them beside the run knows more. */
import type { Case } from "../case/case.ts";
import { fromRuns } from "../case/collect.ts";
import { fromPlan } from "../case/from-plan.ts";
import { better } from "../data/metrics.ts";
import { type Loss, type LossName, type MetricName, parsePlan } from "../plan/plan.ts";
import { isRecorded, type RecorderHead, type RunHead } from "../run/head.ts";
import { EVENTS, HEAD, keptRun, skippedNote } from "../run/kept.ts";
import { type Run, stopped } from "../run/run.ts";
import { quoted } from "../shell.ts";
import { UserError } from "../user-error.ts";
import { type Files, textOf } from "./files.ts";
import { type ReadEntry, type Reader, seriesOf } from "./reader.ts";

const text = (files: Files, name: string): string => (files.names.includes(name) ? textOf(files, name) : "");

export const unstuck: Reader = {
  id: "unstuck",
  recognises: ({ folder, names }) => folder && names.includes(HEAD),
  read(files) {
    const { path } = files;
    const kept = keptRun(text(files, HEAD), text(files, EVENTS));
    if (!kept) throw new UserError("this is not an unstuck run, or it is damaged.", "Train the plan again.", path);
    const { head, skipped } = kept;
    const run = stopped(kept.run);
    const { start } = run;
    if (!start) throw new UserError("this run was stopped before its first step.", "Train the plan again.", path);
    const early = run.end === undefined || run.end.reason === "stopped";
    const next = isRecorded(head) ? "" : ` To continue it: unstuck train ${quoted(path)}`;
    const notes = early ? [`The training stopped in epoch ${run.epochs.length + 1} of ${start.epochs}.${next}`] : [];
    return {
      known: { ...fromHead(head, start), ...fromRuns([run]) },
      notes: [...notes, ...skippedNote(skipped)],
      read: [{ path, format: "unstuck", run: null, series: series(run), skipped }],
    };
  },
};

/** What is known of a run without its data. */
function fromHead({ given, task }: RunHead | RecorderHead, start: NonNullable<Run["start"]>): Case {
  const plan = given && parsePlan(given);
  const metric = plan?.metric ?? { name: start.metric as MetricName, k: 5 };
  const split = start.rows.validation > 0 ? "validation" : "training";
  const loss = plan?.training.loss ?? silent(start.loss as LossName);
  return {
    version: 1,
    ...(plan && fromPlan({ ...plan, training: { ...plan.training, loss }, metric })),
    ...(task && { task }),
    metric: { name: metric.name, better: better(metric.name), split },
  };
}

/** A loss of which the plan says nothing. */
const silent = (name: LossName): Loss => ({ name, fromLogits: false, reduction: "mean", labelSmoothing: 0 });

function series({ steps, epochs }: Run): ReadEntry["series"] {
  const validation = epochs.flatMap((epoch) => epoch.validation ?? []);
  const all = {
    loss: steps.loss,
    validationLoss: validation.map(({ loss }) => loss),
    validationScore: validation.map(({ score }) => score),
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, values]) => (values.length > 0 ? [[name, seriesOf(values)]] : [])),
  );
}
