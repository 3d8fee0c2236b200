/** Which rows the networks of a plan miss, from its runs. */
import { middle } from "../case/collect.ts";
import { prepare } from "../data/prepare.ts";
import { type Errors, type Evaluation, errorsOf } from "../errors/errors.ts";
import type { Run } from "../run/run.ts";
import type { Subject } from "./examine.ts";

/** The run that stands for all first, then the others, for rows that it was not judged by. Undefined where none told its answers. */
export function errorsOfRuns(subject: Subject, runs: readonly Run[]): Errors | undefined {
  if (runs.length === 0) return undefined;
  const { plan, dataset, resolved } = subject;
  const first = middle(runs);
  const ordered = [first, ...runs.filter((run) => run !== first)];
  const { lastActivation } = resolved.network;
  return (
    errorsOf(evaluations(subject, ordered), { dataset, lastActivation, tokens: plan.data.tokens }, first.seed) ??
    undefined
  );
}

/** One after the other: the data of a seed are prepared only when they are asked for. */
function* evaluations({ plan, dataset, resolved }: Subject, runs: readonly Run[]): Generator<Evaluation> {
  for (const { predictions, seed } of runs)
    if (predictions) yield { predictions, data: prepare(plan, dataset, seed, resolved.network.units) };
}
