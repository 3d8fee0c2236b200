/** Loads the data of plans that read the same only once. */
import type { Plan } from "../plan/plan.ts";
import { datasetKey } from "./build.ts";
import type { Dataset } from "./dataset.ts";

export function memoized(load: (plan: Plan) => Promise<Dataset>): (plan: Plan) => Promise<Dataset> {
  const known = new Map<string, Promise<Dataset>>();
  return (plan) => {
    const key = datasetKey(plan);
    const entry = known.get(key) ?? load(plan);
    known.set(key, entry);
    return entry;
  };
}
