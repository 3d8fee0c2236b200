/** The Report of an audit: the data alone, before any network is trained on them. */

import type { Diagnosis } from "../../causes/diagnose.ts";
import { type CauseId, causeOf } from "../../causes/index.ts";
import { isShare as countsRows } from "../../checks/scores.ts";
import { evenness, wilson } from "../../data/statistics.ts";
import { largest, smallest } from "../../lists.ts";
import type { Plan } from "../../plan/plan.ts";
import { untried } from "../../trials/outcome.ts";
import { capital, list } from "../../words.ts";
import { scoreFormat, scoreName } from "../format.ts";
import type { Report, ReportData } from "../report.ts";
import { type Origin, reportOf } from "./assemble.ts";
import { shortened } from "./headline.ts";

/** @param diagnosis of a Case that holds what was measured of the data, and no plan. */
export function auditReport(
  diagnosis: Diagnosis,
  { data: { source, target } }: Plan,
  origin: Origin,
  rest: { notes: string[]; seconds: number },
): Report {
  const { known } = diagnosis;
  const data: ReportData = {
    source: typeof source === "string" ? source : source.images,
    target: typeof target === "string" ? [target] : target,
    ...tableOf(known.profile!),
    references: known.baselines ?? [],
    ...balanceOf(known.profile!),
    ...intervalOf(known),
    ...(known.columnFacts && { facts: known.columnFacts }),
    ...(known.sourceColumns && {
      written: known.sourceColumns.map(({ name, kind, missing }) => ({ name, kind, missing })),
    }),
  };
  const report = reportOf(untried(diagnosis, [], rest), origin);
  return {
    ...report,
    // What only a training could show was not checked.
    findings: report.findings.filter(({ state }) => state !== "unknown"),
    headline: headline(report),
    data,
  };
}

function tableOf(profile: NonNullable<Diagnosis["known"]["profile"]>) {
  const { rows, features, task, split, target, columns, duplicates } = profile;
  return {
    rows,
    features,
    task,
    split,
    classes:
      target.kind === "classes"
        ? target.classes.map(({ name, train, validation }) => ({ name, train, validation }))
        : null,
    targets: target.kind === "numbers" ? target.columns : null,
    unknown: target.missing,
    columns,
    duplicates,
  };
}

function balanceOf({ target }: NonNullable<Diagnosis["known"]["profile"]>): Pick<ReportData, "balance"> {
  if (target.kind !== "classes" || target.classes.length < 2) return {};
  const counts = target.classes.map(({ train, validation }) => train + validation);
  const rarest = counts.indexOf(smallest(counts));
  const sum = counts.reduce((a, b) => a + b, 0);
  return {
    balance: {
      evenness: evenness(counts),
      rarest: target.classes[rarest].name,
      share: counts[rarest] / Math.max(1, sum),
    },
  };
}

/** How precisely the best baseline's score is known, given so many validation rows. */
function intervalOf({ metric, baselines = [], profile }: Diagnosis["known"]): Pick<ReportData, "interval"> {
  const rows = profile?.split.validation ?? 0;
  if (!metric || !countsRows(metric) || baselines.length === 0 || rows === 0) return {};
  const score = Math.min(1, largest(baselines.map(({ value }) => value)));
  return { interval: { score, rows, ...wilson(score, rows) } };
}

function headline({ causes, metric }: Report): string {
  const shorts = (some: typeof causes) => some.map(({ id }) => causeOf(id as CauseId).short);
  const prepares = ({ id }: (typeof causes)[number]) => causeOf(id as CauseId).preparation === true;
  const prepare = shorts(causes.filter(prepares));
  const faults = causes.filter((cause) => !prepares(cause));
  const evident = shorts(faults.filter(({ proof }) => proof === "evident"));
  const possible = shorts(faults.filter(({ proof }) => proof !== "evident"));
  const facts = [
    evident.length > 0 && `Do not train on this data yet: ${list(evident)}.`,
    possible.length > 0 && `Check before training: possibly ${list(possible)}.`,
    prepare.length > 0 && `To prepare before training: ${list(prepare)}.`,
    causes.length === 0 && "No problem found in the data.",
  ].filter((fact) => fact !== false);
  const { baseline, ceiling, name } = metric;
  if (!baseline || !ceiling) return shortened(facts);
  const show = scoreFormat(name, [baseline.value, ceiling.value]);
  const scores = `${ceiling.name} ${show(ceiling.value)}, ${baseline.name} ${show(baseline.value)}`;
  return shortened([...facts, `${capital(scoreName(metric))} of the baselines: ${scores}.`]);
}
