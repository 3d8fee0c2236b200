/** The changes of a plan as code in the user's own framework. */

import type { Change } from "../../plan/edit.ts";
import type { Plan } from "../../plan/plan.ts";
import { parsed } from "../../plan/vocabulary.ts";
import { factsOf, type Idiom } from "./facts.ts";
import { keras } from "./keras.ts";
import { pytorch } from "./pytorch.ts";
import { tfjs } from "./tfjs.ts";

export type Snippets = { keras: string; pytorch: string; tfjs: string };

/** The part of the plan that a path lies in: "scale", "optimizer", "network", "metric". */
function partOf(path: string): string {
  const [section, field] = parsed(path);
  return String(section === "data" || section === "training" ? field : section);
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function described({ path, from, to }: Change): string {
  const layer = (value: unknown) => (value as { layer?: string } | null)?.layer;
  if (from === null && layer(to)) return `${path}: ${layer(to)} added`;
  if (to === null && layer(from)) return `${path}: ${layer(from)} removed`;
  return `${path}: ${shown(from ?? null)} → ${shown(to ?? null)}`;
}

function code(idiom: Idiom, changes: readonly Change[], plan: Plan): string {
  const facts = factsOf(plan, changes);
  const blocks = new Map<string, string[]>();
  for (const change of changes) {
    const text = idiom.parts[partOf(change.path)]?.(facts) ?? "";
    blocks.set(text, [...(blocks.get(text) ?? []), `${idiom.comment} ${described(change)}`]);
  }
  return [...blocks].map(([text, comments]) => [...comments, text].filter(Boolean).join("\n")).join("\n\n");
}

/** The code of these changes in each framework; `plan` already contains them. */
export function snippets(changes: readonly Change[], plan: Plan): Snippets {
  return { keras: code(keras, changes, plan), pytorch: code(pytorch, changes, plan), tfjs: code(tfjs, changes, plan) };
}
