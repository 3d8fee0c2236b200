/** What a remedy is: an edit of the Plan, or a small set of edits that make sense together only. */
import type { Case } from "../case/case.ts";
import { change, type Given, insertLayer, removeLayer } from "../plan/edit.ts";
import type { Plan } from "../plan/plan.ts";

export type Edit =
  | { path: string; value: unknown }
  | { insert: { at: number; layer: Record<string, unknown> } }
  | { remove: number };

export type Context = {
  /** The complete plan. */
  plan: Plan;
  /** The user's plan in our names, silent where it is silent. */
  given: Given;
  known: Case;
};

export type Remedy<Id extends string = string> = {
  /** A verb: "standardise". */
  id: Id;
  title: string;
  /** Fits "…, validation accuracy is 91 %.": "With scaling", "Without dropout". */
  cured: string;
  /** How much of the plan it changes, and how much it costs to train: of two that gain alike the smaller is recommended. */
  size: number;
  /** The edits in the order in which they are made; null where it does not apply. Indices are those of the plan as edited so far. */
  edits(context: Context): Edit[] | null;
};

export const defineRemedy = <const Id extends string>(remedy: Remedy<Id>): Remedy<Id> => remedy;

const applyEdit = (given: Given, edit: Edit): Given =>
  "path" in edit
    ? change(given, edit.path, edit.value)
    : "insert" in edit
      ? insertLayer(given, edit.insert.at, edit.insert.layer)
      : removeLayer(given, edit.remove);

/** The user's plan with the remedy; null where the remedy does not apply or would change nothing. */
export function applyRemedy(remedy: Remedy, context: Context): Given | null {
  const edits = remedy.edits(context);
  if (!edits || edits.length === 0) return null;
  const edited = edits.reduce(applyEdit, context.given);
  return JSON.stringify(edited) === JSON.stringify(context.given) ? null : edited;
}
