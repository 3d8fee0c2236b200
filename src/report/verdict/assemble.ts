/** From what was found and tried to the one value that everything shows. */

import { measureOf } from "../../case/collect.ts";
import { type Curve, curveOf } from "../../case/curve.ts";
import type { Diagnosis } from "../../causes/diagnose.ts";
import { type CauseId, causeOf } from "../../causes/index.ts";
import { limitOf } from "../../checks/check.ts";
import { snippets } from "../../code/snippets/index.ts";
import { mean } from "../../data/statistics.ts";
import type { Outcome } from "../../trials/outcome.ts";
import { pairedGain } from "../../trials/statistics.ts";
import { count } from "../../words.ts";
import { byClassOf } from "../by-class.ts";
import type { Estimate, LayerHeatMap, Report, ReportCause, ReportTrial, Verdict } from "../report.ts";
import { errorsPart } from "./errors.ts";
import { headline } from "./headline.ts";
import { type Reported, reportedCauses } from "./reported.ts";
import { settleOf } from "./settle.ts";
import { nothingFound, nothingProved, tooFewRows, verdictOf } from "./verdict.ts";

/** @property prove the command that would try the remedies, where none was tried. */
export type Origin = { version: string; seed: number; command: string; prove?: string };

function estimate(scores: readonly number[]): Estimate | null {
  if (scores.length === 0) return null;
  const finite = scores.filter(Number.isFinite);
  if (finite.length < scores.length || scores.length < 2) {
    const only = finite.length === scores.length ? finite[0] : Number.NaN;
    return { mean: only, low: Number.NaN, high: Number.NaN, values: [...scores] };
  }
  const { low, high } = pairedGain(scores);
  return { mean: mean(scores), low, high, values: [...scores] };
}

function heatOf({ known }: Diagnosis): LayerHeatMap | null {
  const snapshots = known.layers ?? [];
  if (snapshots.length === 0) return null;
  const names = snapshots[0].layers.map((layer) => layer.name);
  const map = (pick: (layer: (typeof snapshots)[number]["layers"][number]) => number | undefined) =>
    names.map((_, i) => snapshots.map(({ layers }) => pick(layers[i]) ?? null));
  return {
    epochs: snapshots.map(({ epoch }) => epoch),
    names,
    dead: map((layer) => layer.activation?.deadUnits),
    gradient: map((layer) => layer.gradient),
    update: map((layer) => layer.update),
  };
}

/** Of the runs, or else of the epochs that are known, as of a log. */
function curvesOf({ before, examined: { known } }: Outcome, seed: number): Curve[] {
  if (before.curves.length > 0 || !known.epochs?.length) return before.curves;
  return [curveOf(seed, known)];
}

/** The parts of a report that an examination gives, with or without trials. */
function examinedParts(examined: Diagnosis) {
  const { known, findings } = examined;
  const finding = findings.map((f) => ({
    check: f.check,
    state: f.state,
    strength: f.state === "present" ? f.strength : 0,
    says: "says" in f ? f.says : "",
    where: f.state === "present" ? (f.where ?? []) : [],
    ...(f.state === "unknown" && { missing: f.missing }),
  }));
  const simple = known.baselines ?? [];
  const better = (a: number, b: number) => (known.metric?.better === "lower" ? a < b : a > b);
  const ceiling = simple
    .slice(1)
    .reduce<(typeof simple)[number] | null>((best, one) => (!best || better(one.value, best.value) ? one : best), null);
  return {
    findings: finding,
    baseline: simple[0] ?? null,
    ceiling,
    naive: simple.find(({ name }) => name === "naive forecast"),
    sweep: known.learningRateSweep ?? null,
    layers: heatOf(examined),
  };
}

/** The Report of what `fix` or `why` found. */
export function reportOf(outcome: Outcome, { prove, ...origin }: Origin): Report {
  const { examined, prescribed } = outcome;
  const parts = examinedParts(examined);
  const reported = reportedCauses(outcome);
  const scores = estimate(outcome.before.scores);
  const byClass = byClassOf(examined.known);
  const { name, split, better } = measureOf(examined.known);
  const metric: Report["metric"] = {
    name,
    split,
    better,
    before: scores,
    after: prescribed && outcome.after ? estimate(outcome.after.scores) : null,
    ...(outcome.before.own && { own: estimate(outcome.before.own) ?? undefined }),
    baseline: parts.baseline,
    ceiling: parts.ceiling,
    ...(parts.naive && { naive: parts.naive }),
    ...(byClass && { byClass }),
    test: { before: estimate(outcome.test?.before ?? []), after: estimate(outcome.test?.after ?? []) },
  };
  const verdict = verdictOf(outcome, reported);
  return {
    version: 1,
    verdict,
    headline: headline({ verdict, metric, ...words(outcome, reported, verdict) }),
    metric,
    causes: reported.map(({ cause, ...rest }): ReportCause => ({ id: cause, ...rest })),
    findings: parts.findings,
    trials: trialsOf(outcome),
    prescription: prescriptionOf(outcome),
    settle: settleOf(outcome, reported, prove),
    read: outcome.read ?? [],
    cost: { seconds: Math.round(outcome.seconds * 10) / 10, trainings: outcome.trainings },
    curves: { before: curvesOf(outcome, origin.seed), after: outcome.after?.curves ?? [] },
    sweep: parts.sweep,
    layers: parts.layers,
    ...(outcome.suspects?.length &&
      reported.some(({ cause }) => causeOf(cause).doubtsLabels) && { suspects: outcome.suspects }),
    ...(outcome.errors && { errors: errorsPart(outcome.errors, prescribed ? "prescribed" : "given") }),
    ...(outcome.augmented && { augmented: outcome.augmented }),
    said: outcome.notes,
    reproduce: origin,
  };
}

/** What the headline is told with. */
function words(outcome: Outcome, reported: readonly Reported[], verdict: Verdict) {
  const few = tooFewRows(outcome);
  if (verdict === "misleading" && few !== null)
    return { causes: [{ short: `it is measured on only ${count(few, "validation row")}` }] };
  const steps = outcome.prescribed?.steps ?? [];
  const cured = (id: CauseId) => steps.find((step) => step.cause === id)?.remedy.cured;
  const chosen: CauseId[] =
    (verdict === "stuck" || verdict === "unknown") && steps.length > 0
      ? [...new Set(steps.map((step) => step.cause))]
      : reported.slice(0, 1).map((t) => t.cause);
  const ordered = chosen.toSorted(
    (a, b) => reported.findIndex((t) => t.cause === a) - reported.findIndex((t) => t.cause === b),
  );
  return {
    ...(verdict === "data-limit" && limits(outcome, reported)),
    causes: ordered.map((id) => ({ short: causeOf(id).short, cured: cured(id) })),
    ...(verdict === "unknown" && nothingProved(outcome) && { noBetter: outcome.examined.known.baselines?.[0] }),
    diverged: outcome.before.scores.length > 0 && outcome.before.scores.every((score) => !Number.isFinite(score)),
    tried: outcome.screened.length,
    ...(outcome.interrupted && { also: "Interrupted before the end." }),
  };
}

/** What shows a limit of the data. */
function limits(outcome: Outcome, reported: readonly Reported[]) {
  const { known, findings } = outcome.examined;
  const { more, deep } = limitOf(findings);
  return {
    ...(nothingFound(outcome, reported) && { simple: (known.baselines ?? []).slice(1) }),
    ...(more && { more }),
    ...(deep && { deep }),
  };
}

function trialsOf(outcome: Outcome): ReportTrial[] {
  const effect = ({ mean: m, low, high }: { mean: number; low: number; high: number }) => ({ mean: m, low, high });
  const { prescribed } = outcome;
  return [
    ...(prescribed
      ? [
          {
            remedies: prescribed.steps.map((s) => s.remedy.id),
            stage: "proof" as const,
            values: prescribed.proof.after,
            gain: effect(prescribed.proof.gain),
            verdict: prescribed.proof.verdict,
          },
        ]
      : []),
    ...outcome.proofs.map(({ of, proof }) => ({
      remedies: [of.remedy.id],
      stage: "proof" as const,
      values: proof.after,
      gain: effect(proof.gain),
      verdict: proof.verdict,
    })),
    ...outcome.screened.map((one) => ({
      remedies: [one.remedy.id],
      stage: "screen" as const,
      values: one.after,
      gain: one.verdict === "cut" ? null : { mean: one.gain, low: Number.NaN, high: Number.NaN },
      verdict: one.verdict,
    })),
  ];
}

function prescriptionOf({ prescribed }: Outcome): Report["prescription"] {
  if (!prescribed) return null;
  const { changes, plan, given } = prescribed;
  return { changes, plan: given, snippets: snippets(changes, plan) };
}
