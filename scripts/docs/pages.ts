/** The pages of the catalogue: one per cause, their index, and the table of checks. Name and text of each, no file written. */
import type { Cause } from "../../src/causes/cause.ts";
import { rank, signsOf } from "../../src/causes/rank.ts";
import type { Check } from "../../src/checks/check.ts";
import { checks, runChecks } from "../../src/checks/index.ts";
import { evidencePage } from "./evidence.ts";
import { neighbourSection } from "./neighbours.ts";
import { remedySections } from "./remedies.ts";
import { caseOf } from "./samples.ts";
import { CLAIM, CLASS, catalogue, code, opening, part, signed, table, weights } from "./words.ts";

const GENERATED = "<!-- Generated from src/causes and src/checks by `npm run docs`: edit those. -->";
const title = new Map<string, string>(checks.map((check) => [check.id, check.title]));

function signs(cause: Cause): string {
  const rows = Object.entries(signsOf(cause))
    .map(([check, weight]) => ({ check, weight: weights(weight) }))
    .sort((a, b) => Math.abs(b.weight[0]) - Math.abs(a.weight[0]) || Math.abs(b.weight[1]) - Math.abs(a.weight[1]));
  return table(
    ["sign", "check", "present", "absent"],
    rows.map(({ check, weight }) => [
      title.get(check)!,
      `[${code(check)}](../checks.md)`,
      signed(weight[0]),
      signed(weight[1]),
    ]),
  );
}

function notes(id: string): string {
  const known = caseOf(id);
  return rank(known, runChecks(known)).find((suspect) => suspect.id === id)!.says;
}

function causePage(cause: Cause): string {
  return `${[
    GENERATED,
    `# ${cause.title}`,
    `${opening(`causes/${cause.id}.ts`)} An example from a report:`,
    `> ${notes(cause.id)}`,
    table(["id", "about", "stage", "claimed"], [[code(cause.id), CLASS[cause.class], cause.stage, CLAIM[cause.proof]]]),
    "## Signs",
    "Log-odds that a sign adds when it is present (times its strength, 0 to 1) and when it was checked and is absent. What could not be checked adds nothing.",
    signs(cause),
    `Before any sign: ${signed(cause.prior)}.${cause.follows ? " It often follows from another fault: when a plain one is found further upstream, that one is reported instead." : ""}`,
    "## Neighbours",
    neighbourSection(cause),
    "## Remedies",
    cause.remedies.length > 0
      ? "Each is tried beside the plan on the same seeds; only then is it reported to help."
      : "No edit of the plan fixes this.",
    ...remedySections(cause.remedies, cause.id),
  ].join("\n\n")}\n`;
}

function causesIndex(): string {
  const row = (cause: Cause) => [
    `[${cause.title}](${cause.id}.md)`,
    CLASS[cause.class],
    opening(`causes/${cause.id}.ts`),
  ];
  const stages = (["data", "network", "training"] as const).map(
    (stage) =>
      `## In the ${stage}\n\n${table(["cause", "about", "what it is"], catalogue.filter((cause) => cause.stage === stage).map(row))}`,
  );
  return `${[GENERATED, `# The ${catalogue.length} causes`, "Upstream first: between edits that both work, the data come before the network, the network before the training.", ...stages].join("\n\n")}\n`;
}

// A sign of so many causes is a sign of them all, nearly.
const MANY = 20;

function speaks(check: string, way: (weight: number) => boolean): string {
  const found = catalogue.filter((cause) => way(weights(signsOf(cause)[check as keyof Cause["signs"]] ?? 0)[0]));
  if (found.length > MANY) return "all that would show in the score";
  return found.map(({ id }) => `[${id}](causes/${id}.md)`).join(", ");
}

function checksPage(): string {
  const row = ({ id, title, needs, also = [] }: Check) => [
    title,
    code(id),
    [...needs.map(part), ...also.map((name) => `(${part(name)})`)].join(", "),
    speaks(id, (weight) => weight > 0),
    speaks(id, (weight) => weight < 0),
  ];
  return `${[
    GENERATED,
    `# The ${checks.length} checks`,
    "A check detects one symptom, in numbers, and does not explain it. Its finding is present (with strength, place and a sentence), absent, unknown (with what is missing) or failed. “Needs” lists the parts of the Case that it requires and, in brackets, those it uses where they are known. What the thresholds rest on, and how often each check fires: [evidence](evidence.md).",
    table(["symptom", "id", "needs", "speaks for", "speaks against"], (checks as readonly Check[]).map(row)),
  ].join("\n\n")}\n`;
}

/** Path under docs/ → text. */
export function pages(): Map<string, string> {
  return new Map([
    ["checks.md", checksPage()],
    ["evidence.md", evidencePage(GENERATED)],
    ["causes/README.md", causesIndex()],
    ...catalogue.map((cause) => [`causes/${cause.id}.md`, causePage(cause)] as const),
  ]);
}
