/** A cause's remedies for its page: the edit of a small plan that has the fault, and the same edit in the user's framework. */

import { snippets } from "../../src/code/snippets/index.ts";
import { type Change, difference } from "../../src/plan/edit.ts";
import { parsePlan } from "../../src/plan/plan.ts";
import type { Remedy } from "../../src/remedies/remedy.ts";
import { example } from "./samples.ts";
import { code } from "./words.ts";

const FRAMEWORKS = [
  ["Keras", "keras", "python"],
  ["PyTorch", "pytorch", "python"],
  ["TensorFlow.js", "tfjs", "js"],
] as const;

type Reported = { remedy: Remedy; changes: Change[]; code: Record<"keras" | "pytorch" | "tfjs", string> };

function reported(remedy: Remedy, cause: string): Reported {
  const { context, edited } = example(remedy, cause);
  const plan = parsePlan(edited);
  const changes = difference(context.plan, plan);
  return { remedy, changes, code: snippets(changes, plan) };
}

const value = (of: unknown): string => (typeof of === "string" ? of : (JSON.stringify(of) ?? "nothing"));
const layer = (of: unknown): string | undefined => (of as { layer?: string } | null)?.layer;

function line({ path, from, to }: Change): string {
  if (from === null && layer(to)) return code(`${path}: ${layer(to)} added`);
  if (to === null && layer(from)) return code(`${path}: ${layer(from)} removed`);
  return code(`${path}: ${value(from)} → ${value(to)}`);
}

// More lines of one kind add nothing.
const LINES = 6;

function lines(changes: readonly Change[]): string[] {
  const rest = changes.length - LINES;
  return [...changes.slice(0, LINES).map((change) => `- ${line(change)}`), ...(rest > 0 ? [`- and ${rest} more`] : [])];
}

/** What remedies have in common whose code differs in a number alone. */
const kind = ({ changes }: Reported): string =>
  changes
    .map(({ path, from, to }) =>
      [path.replace(/\[\d+\]/, ""), from === null && layer(to), to === null && layer(from)].join(),
    )
    .join(" ");

/** The frameworks in which the edit is the same code share a block. */
function blocks({ code: of }: Reported): string[] {
  const shared = new Map<string, (typeof FRAMEWORKS)[number][]>();
  for (const framework of FRAMEWORKS) {
    const text = of[framework[1]];
    if (text !== "") shared.set(text, [...(shared.get(text) ?? []), framework]);
  }
  return [...shared].map(
    ([text, group]) => `${group.map(([name]) => name).join(" and ")}\n\n\`\`\`${group[0][2]}\n${text}\n\`\`\``,
  );
}

function section(group: readonly Reported[]): string {
  const [first, ...others] = group;
  const alike = others.map(
    ({ remedy, changes }) =>
      `- or: ${remedy.title} (${code(remedy.id)}): ${changes.slice(0, LINES).map(line).join(", ")}`,
  );
  const edits = [...lines(first.changes), ...alike].join("\n");
  return [
    `### ${first.remedy.title}`,
    `${code(first.remedy.id)}, in a plan that has the fault:`,
    edits,
    ...blocks(first),
  ].join("\n\n");
}

/** The likeliest first; those that change the same places together. */
export function remedySections(remedies: readonly Remedy[], cause: string): string[] {
  const groups = new Map<string, Reported[]>();
  for (const one of remedies.map((remedy) => reported(remedy, cause)))
    groups.set(kind(one), [...(groups.get(kind(one)) ?? []), one]);
  return [...groups.values()].map(section);
}
