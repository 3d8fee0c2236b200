/** Which rows the networks of a plan predict incorrectly, from its runs. */
import { middle } from "../case/collect.ts";
import { type Errors, type Evaluation, errorsOf } from "../errors/errors.ts";
import type { Run } from "../run/run.ts";
import type { Material, Subject } from "./subject.ts";

/** The representative run first, then the others, for rows that it was not evaluated on. Undefined where no run has predictions. */
export function errorsOfRuns(subject: Subject, runs: readonly Run[]): Errors | undefined {
  const { plan, data } = subject;
  if (runs.length === 0 || !data) return undefined;
  const { dataset, resolved } = data;
  const first = middle(runs);
  const ordered = [first, ...runs.filter((run) => run !== first)];
  const { lastActivation } = resolved.network;
  return (
    errorsOf(evaluations(data, ordered), { dataset, lastActivation, tokens: plan.data.tokens }, first.seed) ?? undefined
  );
}

/** The evaluations one after the other, because the data of a seed are prepared only when they are needed. */
function* evaluations({ prepared }: Material, runs: readonly Run[]): Generator<Evaluation> {
  for (const { predictions, seed } of runs) if (predictions) yield { predictions, data: prepared(seed) };
}
