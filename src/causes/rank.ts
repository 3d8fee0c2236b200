/** Weighs the signs: which causes to suspect, and how much. A suspicion decides what to try first; the trials decide what is true. */
import type { Case, Part } from "../case/case.ts";
import type { AnyCheck, Finding, Present } from "../checks/check.ts";
import { type CheckId, checks, type Seen, seen } from "../checks/index.ts";
import type { Cause, Weight } from "./cause.ts";
import { type CauseId, causeOf, causes } from "./index.ts";

export type Suspect = {
  id: CauseId;
  /** 0–1. */
  suspicion: number;
  /** Measured directly. */
  evident: boolean;
  says: string;
  /** The present checks that speak for it, the weightiest first. */
  findings: CheckId[];
};

const entries: readonly AnyCheck<CheckId>[] = checks;
/** The signs that all causes share which would show in the score. */
const EVERYWHERE: Cause["signs"] = Object.fromEntries(
  entries.flatMap(({ id, everywhere }) => (everywhere === undefined ? [] : [[id, everywhere]])),
);
// "Repair is not cause": what often follows from another fault gives way to a plain one.
const PLAIN: ReadonlySet<CheckId> = new Set(entries.filter(({ plain }) => plain).map(({ id }) => id));
/** What a plain fault further upstream takes off a cause that often follows from another. Chosen by hand. */
const EXPLAINED = -1.5;

/** As much as speaks against a cause whose place in the plan or the data is not there. Chosen by hand. */
const UNSHOWN = -5;
/** A sign fainter than this is none. Chosen by hand. */
const FAINT = 0.14;

const parts = (weight: Weight): readonly [number, number] => (typeof weight === "number" ? [weight, 0] : weight);

const isPresent = (finding: Finding<CheckId>): finding is Present<CheckId> => finding.state === "present";

const isFaint = (finding: Finding<CheckId>): boolean =>
  finding.state === "absent" || (isPresent(finding) && finding.strength < FAINT);

/** The signs of a cause, with those that all causes share. */
export const signsOf = (cause: Cause): Cause["signs"] => ({
  ...(cause.proof !== "evidence" && EVERYWHERE),
  ...cause.signs,
});

export function logOdds(
  cause: Cause,
  findings: readonly Finding<CheckId>[],
): { total: number; of: Map<CheckId, number> } {
  const signs = signsOf(cause);
  const of = new Map<CheckId, number>();
  for (const finding of findings) {
    const weight = signs[finding.check];
    if (weight === undefined) continue;
    const [present, absent] = parts(weight);
    // "unknown" and "failed" move nothing: ignorance is no evidence.
    if (finding.state === "present") of.set(finding.check, present * finding.strength);
    else if (finding.state === "absent" && absent !== 0) of.set(finding.check, absent);
  }
  if (cause.follows) {
    // Its own signs are no other fault.
    const upstream = findings
      .filter(isPresent)
      .filter(({ check }) => PLAIN.has(check) && !(parts(signs[check] ?? 0)[0] > 0));
    const strongest = upstream.sort((a, b) => b.strength - a.strength)[0];
    if (strongest) of.set(strongest.check, (of.get(strongest.check) ?? 0) + EXPLAINED * strongest.strength);
  }
  const unshown = cause.shows?.every((check) =>
    findings.some((finding) => finding.check === check && isFaint(finding)),
  );
  const seen = [...of.values()].reduce((sum, value) => sum + value, 0);
  return { total: cause.prior + seen + (unshown ? UNSHOWN : 0), of };
}

/** 0–1: how likely a cause would be if all that a part of the Case could still show were there. */
export function atMost(id: CauseId, findings: readonly Finding<CheckId>[], part: Part): number {
  const shown = findings.map((finding): Finding<CheckId> => {
    const { needs } = entries.find((check) => check.id === finding.check)!;
    const open = finding.state === "unknown" && needs.includes(part);
    return open ? { check: finding.check, state: "present", strength: 1, says: "" } : finding;
  });
  return logistic(logOdds(causeOf(id), shown).total);
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** A suspicion from here on is more likely than not. */
export const LIKELY = 0.5;

/** All causes, the likeliest first; of equal ones the one further upstream. */
export function rank(
  known: Case,
  findings: readonly Finding<CheckId>[],
  catalogue: readonly Cause[] = causes,
): Suspect[] {
  const signs: Seen = seen(findings);
  const present = new Set(findings.filter(isPresent).map((finding) => finding.check));
  return catalogue
    .map((cause) => {
      const { total, of } = logOdds(cause, findings);
      const evident = cause.evident?.(signs, known) ?? false;
      const speaking = [...of].filter(([check, value]) => value > 0 && present.has(check)).sort((a, b) => b[1] - a[1]);
      const suspect: Suspect = {
        id: cause.id as CauseId,
        // What was measured directly is not outweighed by what is usual.
        suspicion: Math.max(evident ? EVIDENT : 0, logistic(total)),
        evident,
        says: cause.says(signs, known),
        findings: speaking.map(([check]) => check),
      };
      return { suspect, total, stage: STAGES.indexOf(cause.stage) };
    })
    .sort((a, b) => b.suspect.suspicion - a.suspect.suspicion || b.total - a.total || a.stage - b.stage)
    .map(({ suspect }) => suspect);
}

/** The suspicion of what was measured directly. Chosen by hand. */
const EVIDENT = 0.97;
const STAGES = ["data", "network", "training"];
