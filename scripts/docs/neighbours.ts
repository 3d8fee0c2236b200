/** What a cause is easily confused with, and which signs and probes separate the two. */
import type { Part } from "../../src/case/case.ts";
import type { Cause } from "../../src/causes/cause.ts";
import type { Check } from "../../src/checks/check.ts";
import { checks } from "../../src/checks/index.ts";
import { PROBES, type ProbeId } from "../../src/probes/parts.ts";
import { catalogue, code, probeSentence, table, weights, words } from "./words.ts";

// So much evidence in common makes a neighbour. For the pages alone; the ranking does not know it.
const SHARED = 1;
const MOST = 4;
const SIGNS = 3;

const present = (cause: Cause, check: string): number => weights(cause.signs[check as keyof Cause["signs"]] ?? 0)[0];
const positive = (cause: Cause, check: string): number => Math.max(0, present(cause, check));

function shared(a: Cause, b: Cause): number {
  return Object.keys(a.signs).reduce((sum, check) => sum + Math.min(positive(a, check), positive(b, check)), 0);
}

function neighbours(cause: Cause): Cause[] {
  return catalogue
    .filter(({ id }) => id !== cause.id)
    .map((other) => ({ other, common: shared(cause, other) }))
    .filter(({ common }) => common >= SHARED)
    .sort((a, b) => b.common - a.common)
    .slice(0, MOST)
    .map(({ other }) => other);
}

/** The probe without which a check is unknown. */
function probeOf(check: string): ProbeId | undefined {
  const { needs } = checks.find(({ id }) => id === check) as Check;
  return (Object.keys(PROBES) as ProbeId[]).find(
    (probe) => needs.includes(PROBES[probe] as Part) && probe !== "baselines",
  );
}

/** The signs that speak for `a`, and not, or less, for `b`. */
function apart(a: Cause, b: Cause): string {
  const signs = [...new Set([...Object.keys(a.signs), ...Object.keys(b.signs)])]
    .map((check) => ({ check, by: present(a, check) - present(b, check) }))
    .filter(({ check, by }) => by > 0.5 && present(a, check) > 0)
    .sort((x, y) => y.by - x.by)
    .slice(0, SIGNS);
  return signs.map(({ check }) => code(check) + (probeOf(check) ? ` (${words(probeOf(check)!)})` : "")).join(", ");
}

export function neighbourSection(cause: Cause): string {
  const near = neighbours(cause);
  const probes = cause.probes.map((id) => `- **${words(id)}**${probeSentence(id) && ` – ${probeSentence(id)}`}`);
  const compared = near.map((other) => [`[${other.title}](${other.id}.md)`, apart(cause, other), apart(other, cause)]);
  return [
    near.length > 0
      ? table(["easily confused with", "speaks for this one", "speaks for the other"], compared)
      : "No other cause shares much of its evidence.",
    probes.length > 0
      ? `When it is likely, and the budget allows, these probes are run to separate it from its neighbours:\n\n${probes.join("\n")}`
      : "No probe is needed: its signs come from the plan, the data and the training itself.",
  ].join("\n\n");
}
