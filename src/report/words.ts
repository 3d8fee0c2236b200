/** What terminal and page both say of a report: the words of proofs and verdicts, and what belongs together. */

import { neutral } from "../checks/index.ts";
import { count, list, percent } from "../words.ts";
import { gain, scoreFormat, scoreName } from "./format.ts";
import type { Proof, Report, ReportCause, ReportFinding, ReportTrial, Verdict } from "./report.ts";

/** What a proof word means, after "verified: …". */
export const PROOF: Record<Proof, string> = {
  verified: "with its fix the score improves on fresh paired seeds",
  evident: "measured directly in the data, the network or the training",
  refuted: "its fix was tried and does not help",
  unclear: "its fix was tried, and the result is inconclusive",
  untried: "suspected; its fix was not tried",
};

export const VERDICT: Record<Verdict, string> = {
  stuck: "Stuck",
  healthy: "Healthy",
  slow: "Slow",
  "data-limit": "Limit of the data",
  misleading: "Misleading score",
  unknown: "Inconclusive",
};

/** The titles that terminal and page share. */
export const TITLE = {
  why: "Why",
  findings: "Findings",
  others: "Other findings",
  changes: "Recommended changes",
  settle: "What would settle it",
  suspects: "Labels that may be wrong",
  read: "Files read",
  notes: "Notes",
} as const;

/** The title of the wrong predictions; of numbers there is no right and wrong. */
export const errorsTitle = (missed: number | null): string =>
  missed === null ? "Largest errors" : "Wrong predictions";

/** An id as words: inputs-not-scaled → "inputs not scaled". */
export const title = (id: string): string => id.replaceAll("-", " ");

/** The remedies of a trial as words. */
export const remedyTitle = (trial: ReportTrial): string => trial.remedies.map(title).join(" + ") || "no change";

/** Once a fix was tried, the result counts and the suspicion is history. */
export const suspicionText = ({ proof, suspicion }: ReportCause): string =>
  proof === "untried" ? `suspicion ${percent(suspicion)}` : "";

/** What the gain of a cause was measured against, before the gain itself. */
export const gainLabel = ({ gainOf }: ReportCause): string =>
  gainOf === "with the others"
    ? "on top of the other changes"
    : gainOf === "alone"
      ? "fixing only this"
      : "with its fix";

/** The sentences that speak for a cause beside its own, each once, with the check they come from. */
export function evidence(report: Report, cause: ReportCause): { check: string; says: string; where: string[] }[] {
  const shown = new Set([""]);
  return cause.findings
    .flatMap((id) => report.findings.filter((finding) => finding.check === id && finding.state === "present"))
    .filter(({ says }) => !cause.says.includes(says) && !shown.has(says) && shown.add(says));
}

/** The trials, one for each set of remedies: a proof counts more than a screen. */
function bestTrials(report: Report): ReportTrial[] {
  const best = new Map<string, ReportTrial>();
  for (const trial of report.trials) {
    const key = [...trial.remedies].sort().join(" ");
    if (best.get(key)?.stage !== "proof") best.set(key, trial);
  }
  return [...best.values()];
}

/** The remedies that were tried in vain: their words by what became of them. What helps beside another is not among them. */
export function inVain(report: Report): { hurts: string[]; unclear: string[]; cut: string[] } {
  const helpful = new Set(
    report.trials.filter(({ stage, verdict }) => stage === "proof" && verdict === "helps").flatMap((t) => t.remedies),
  );
  const of = (verdict: ReportTrial["verdict"]) =>
    bestTrials(report)
      .filter((trial) => trial.verdict === verdict && !trial.remedies.every((remedy) => helpful.has(remedy)))
      .map(remedyTitle);
  return { hurts: of("hurts"), unclear: of("unclear"), cut: of("cut") };
}

/** How much better it got, from the trial of the whole prescription or else from the two means. */
export function totalGain(report: Report): string {
  const { before, after, better } = report.metric;
  if (!before || !after) return "";
  const proofs = report.trials.filter((trial) => trial.stage === "proof" && trial.gain && trial.verdict === "helps");
  const whole = proofs.find(({ values }) => values.length > 0 && values.join() === after.values.join());
  const sign = better === "higher" ? 1 : -1;
  const plain = { mean: sign * (after.mean - before.mean), low: NaN, high: NaN };
  return gain(report.metric, whole?.gain ?? plain);
}

/** What before and after leave out, where labels are in doubt; empty elsewhere. */
export function ownNote({ metric }: Report): string {
  if (!metric.own) return "";
  const show = scoreFormat(metric.name, [metric.own.mean]);
  return `Both scores leave out the rows whose labels are in doubt; on all rows, with the labels as given, ${scoreName(metric)} is ${show(metric.own.mean)}.`;
}

/** The held-out score before and after, where there is one. */
export function testNote({ metric: { test, name } }: Report, arrow: string): string {
  const show = scoreFormat(name);
  const scores = [test.before, test.after].filter((part) => part !== null).map(({ mean }) => show(mean));
  return scores.length > 0 ? `On held-out test rows, evaluated once: ${scores.join(` ${arrow} `)}.` : "";
}

/** Of the seeds that both trained: how many got better. */
export function betterSeeds(report: Report): { better: number; of: number } | null {
  const { before, after, better } = report.metric;
  if (!before || !after || before.values.length !== after.values.length || after.values.length < 2) return null;
  const wins = after.values.filter((value, i) => {
    // Any score is better than none.
    if (!Number.isFinite(before.values[i])) return Number.isFinite(value);
    return better === "higher" ? value > before.values[i] : value < before.values[i];
  });
  return { better: wins.length, of: after.values.length };
}

/** What is present, is a symptom (or one of the neutral facts named), and belongs to no cause that is reported; the plainest first. */
export function otherFindings(report: Report, least = 0, also: ReadonlySet<string> = new Set()): string[] {
  const used = new Set(report.causes.flatMap((cause) => cause.findings));
  const reported = report.causes.map((cause) => cause.says).join(" ");
  return report.findings
    .filter(({ state, strength }) => state === "present" && strength >= least)
    .filter(
      ({ check, says }) =>
        !used.has(check) && (!neutral.has(check) || also.has(check)) && says !== "" && !reported.includes(says),
    )
    .sort((a, b) => b.strength - a.strength)
    .map(({ says }) => says);
}

/** What became of a check, in a word. */
export const STATE: Record<ReportFinding["state"], string> = {
  present: "present",
  absent: "absent",
  unknown: "could not be checked",
  failed: "failed",
};

/** "24 checks: 3 symptoms present, 18 absent, 3 could not be checked (no layers)."; at most `most` missing things are named. */
export function checksSummary({ findings }: Report, most = Number.POSITIVE_INFINITY): string {
  if (findings.length === 0) return "";
  const of = (state: ReportFinding["state"]) => findings.filter((finding) => finding.state === state);
  const missing = [...new Set(of("unknown").flatMap((finding) => finding.missing ?? []))].map(partName);
  const rest = missing.length - most;
  const named = rest > 0 ? [...missing.slice(0, most), `${count(rest)} more`] : missing;
  const parts = (["present", "absent", "unknown", "failed"] as const)
    .map((state) => ({ state, n: of(state).length }))
    .filter(({ n }) => n > 0)
    .map(({ state, n }) => {
      const why = state === "unknown" && named.length > 0 ? ` (no ${list(named)})` : "";
      return `${state === "present" ? count(n, "symptom") : count(n)} ${STATE[state]}${why}`;
    });
  return `${count(findings.length, "check")}: ${parts.join(", ")}.`;
}

// Parts of a Case whose names say too little beside "no".
const PARTS: Record<string, string> = {
  overfitOneBatch: "training on one batch alone",
  learningRateSweep: "learning-rate sweep",
  zeroedInputs: "training on zeroed inputs",
  shuffledLabels: "training on shuffled labels",
  withoutCopies: "training without repeated rows",
  singleFeature: "training on one column alone",
  nearCopies: "search for near copies",
  inputDependence: "correlation of the inputs",
  targetDrift: "comparison of the targets",
  "start.layers": "sizes of the layers",
  "start.rows.train": "number of training rows",
  "start.parameters": "number of parameters",
  "steps.rate": "learning rate by step",
  "training.epochs": "number of epochs",
  "training.loss.fromLogits": "from_logits setting of the loss",
  "training.loss.reduction": "reduction setting of the loss",
  "training.shuffle": "shuffle setting",
  "dataPlan.augment": "augmentation settings",
};

/** What a check lacks, as words: a part of a Case, or a field of one by its own name. */
export function partName(missing: string): string {
  const field = missing.replace(/\.name$/, "").replace(/^[a-zA-Z.]+\./, "");
  return PARTS[missing] ?? field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Losses of before and after share an axis only when the prescription leaves the loss and its units alone. */
export const sameLoss = ({ prescription }: Report): boolean =>
  !(prescription?.changes ?? []).some(({ path }) => /^(training\.loss|data\.scaleTarget)/.test(path));

/** What a score that means nothing is counted as in the change: of a training that ended in NaN, and an R² far below 0. */
export function countedNote({ curves, cost, metric }: Report): string {
  const lost = [...(curves?.before ?? []), ...(curves?.after ?? [])].some(({ train }) => !train.every(Number.isFinite));
  const far = metric.name === "r2" && metric.after && metric.before?.values.some((value) => value < -1);
  // A training of somebody else is shown as its log has it.
  if (cost.trainings === 0) return "";
  return [
    lost && "A run that ends in NaN counts as the baseline score.",
    far && "In the change, an R² below −1 counts as −1.",
  ]
    .filter(Boolean)
    .join(" ");
}
