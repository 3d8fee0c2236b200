/** The Report of an audit: the data alone, before any network is trained on them. */
import type { Diagnosis } from "../causes/diagnose.ts";
import type { Plan } from "../plan/plan.ts";
import { causeOf } from "../trials/improve.ts";
import { untried } from "../trials/outcome.ts";
import { type Origin, reportOf } from "./assemble.ts";
import { list, scoreFormat } from "./format.ts";
import { wordOf } from "./headline.ts";
import type { Report, ReportData } from "./report.ts";

/** @param diagnosis of a Case that holds what was measured of the data, and no plan. */
export function auditReport(
  diagnosis: Diagnosis,
  { data: { source, target } }: Plan,
  origin: Origin,
  rest: { said: string[]; seconds: number },
): Report {
  const { known } = diagnosis;
  const data: ReportData = {
    source: typeof source === "string" ? source : source.images,
    target: typeof target === "string" ? [target] : target,
    ...tableOf(known.profile!),
    references: known.baselines ?? [],
  };
  const report = reportOf(untried(diagnosis, [], rest), origin);
  return {
    ...report,
    // What only a training could tell was not looked for.
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

function headline({ causes, metric }: Report): string {
  const shorts = causes.map(({ id }) => causeOf(id as Parameters<typeof causeOf>[0]).short);
  const fact =
    shorts.length > 0
      ? `Before a network learns from these data: ${list(shorts)}.`
      : "Nothing in these data stands in the way of a network, as far as they show it alone.";
  const { baseline, ceiling, name } = metric;
  if (!baseline || !ceiling) return fact;
  const show = scoreFormat(name, [baseline.value, ceiling.value]);
  return `${fact} ${ceiling.name[0].toUpperCase()}${ceiling.name.slice(1)} reaches ${wordOf(name)} ${show(ceiling.value)}, ${baseline.name} ${show(baseline.value)}.`;
}
