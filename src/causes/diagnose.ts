/** The diagnosis of a Case: every check is asked, and every cause weighed by what they answer. No training, no files. */
import type { Case } from "../case/case.ts";
import type { Finding } from "../checks/check.ts";
import { type CheckId, runChecks } from "../checks/index.ts";
import { rank, type Suspect } from "./rank.ts";

export type Diagnosis = {
  known: Case;
  /** What each check answers: present, absent, unknown or failed. */
  findings: Finding<CheckId>[];
  /** All causes, the likeliest first. */
  suspects: Suspect[];
};

/** @param known whatever is known: a part that is absent makes the checks that need it answer "unknown". */
export function diagnose(known: Case): Diagnosis {
  const findings = runChecks(known);
  return { known, findings, suspects: rank(known, findings) };
}
