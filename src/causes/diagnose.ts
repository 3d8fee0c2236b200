/** The diagnosis of a Case: every check is run, and every cause is weighed by the findings. No training, no files. */
import type { Case } from "../case/case.ts";
import type { Finding } from "../checks/check.ts";
import { type CheckId, runChecks } from "../checks/index.ts";
import { rank, type Suspect } from "./rank.ts";

export type Diagnosis = {
  known: Case;
  /** One of each check: present, absent, unknown or failed. */
  findings: Finding<CheckId>[];
  /** All causes, the likeliest first. */
  suspects: Suspect[];
};

/** @param known whatever is known: checks that need an absent part are "unknown". */
export function diagnose(known: Case): Diagnosis {
  const findings = runChecks(known);
  return { known, findings, suspects: rank(known, findings) };
}
