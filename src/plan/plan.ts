/** The Plan: one value that holds data, network and training as the user has them today. Silence means what Keras does. */

import type * as z from "zod";
import { DEEPEST, isDeep, isObject } from "../json.ts";
import { UserError } from "../user-error.ts";
import { normalise, ours } from "./aliases.ts";
import { complaint } from "./complaint.ts";
import { refuseMany } from "./import/model.ts";
import { planSchema } from "./schema.ts";
import { type Path, written } from "./vocabulary.ts";

export { normalise } from "./aliases.ts";
export type { Initialiser, Layer } from "./layers.ts";
export type { Activation, LossName, MetricName, OptimizerName } from "./names.ts";
export { planJsonSchema, type Source } from "./schema.ts";

/** Complete and in our names: what everything works with. */
export type Plan = z.output<typeof planSchema>;
/** What a user may write (after aliases are translated). */
export type PlanInput = z.input<typeof planSchema>;

export type Split = Extract<NonNullable<Plan["data"]["validation"]>, { split: unknown }>["split"];
export type Loss = NonNullable<Plan["training"]["loss"]>;
export type Optimizer = Plan["training"]["optimizer"];
export type Metric = NonNullable<Plan["metric"]>;

const SPACE = ["log", "int", "range", "choice"];

/** The place of a search space among the values. */
function space(value: unknown, path: Path): Path | undefined {
  if (isObject(value) && SPACE.some((key) => Array.isArray(value[key]))) return path;
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : isObject(value)
      ? Object.entries(value)
      : [];
  for (const [key, inner] of entries) {
    const found = space(inner, [...path, key]);
    if (found) return found;
  }
  return undefined;
}

/** Checks and completes what a user wrote; `place` is the file, for the error. */
export function parsePlan(value: unknown, place?: string): Plan {
  const at = (path: Path) => [place, written(path)].filter(Boolean).join(": ") || undefined;
  if (isDeep(value))
    throw new UserError(`lists and objects are nested more than ${DEEPEST} levels deep.`, "Write it flat.", at([]));
  if (!isObject(value))
    throw new UserError("a plan must be an object.", 'Write one with "data", "network" and "training".', at([]));
  for (const [key, list] of Object.entries(value))
    if (Array.isArray(list) && ours(key, ["network"])) refuseMany(list.length, 1, at([key]));
  const given = normalise(value);
  const range = space(given, []);
  if (range)
    throw new UserError("this is a search space, but a single value is expected.", "Give one value.", at(range));
  const result = planSchema.safeParse(given);
  if (!result.success) throw complaint(result.error.issues, given, place);
  return result.data;
}
