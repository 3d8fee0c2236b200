/** Which rows the networks of a plan miss, from its runs. */

import { middle } from "../case/collect.ts";
import { prepare } from "../data/prepare.ts";
import { type Answers, type Errors, errorsOf } from "../run/errors.ts";
import type { Run } from "../run/run.ts";
import type { Subject } from "./examine.ts";

/** The run that stands for all first, then the others, for rows that it was not judged by. Undefined where none told its answers. */
export function errorsOfRuns({ plan, dataset, resolved }: Subject, runs: readonly Run[]): Errors | undefined {
  if (runs.length === 0) return undefined;
  const first = middle(runs);
  const { units, lastActivation } = resolved.network;
  const answers = [first, ...runs.filter((run) => run !== first)].flatMap(({ predictions, seed }): Answers[] =>
    predictions ? [{ predictions, data: prepare(plan, dataset, seed, units) }] : [],
  );
  return errorsOf(answers, { dataset, lastActivation, tokens: plan.data.tokens }, first.seed) ?? undefined;
}
