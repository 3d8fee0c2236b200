/** Scores two plans seed by seed, on the same rows and in the same way. */

import { type Dataset, sourceRow } from "../data/dataset.ts";
import { score as scoreOf } from "../data/metrics.ts";
import type { Variation } from "../jobs/jobs.ts";
import type { Run } from "../run/run.ts";
import type { Detail, Lab } from "./lab.ts";
import type { Subject } from "./subject.ts";

/** One score a seed; NaN where the training diverged. */
export type Scores = number[];

/** Of a plan and its edit, seed by seed. */
export type Pair = { before: Scores; after: Scores };

/** How much of the training part the trials use; absent: all of it. */
export type Size = Extract<Variation, { kind: "rows" }> | undefined;

// An R² far below 0 means no more than one a little below it, and would drown every other seed.
const LOWEST_R2 = -1;

/** The scores as differences are taken of them: a training that ended in NaN has the score of the baseline. */
export function settled(scores: Scores, metric: string, baseline: number): Scores {
  return scores.map((score) => {
    if (!Number.isFinite(score)) return baseline;
    return metric === "r2" ? Math.max(LOWEST_R2, score) : score;
  });
}

export const scoreOfRun = ({ end }: Run): number => (!end || end.reason === "diverged" ? Number.NaN : end.score);

/** Whether two plans are judged on the same rows and by the same measure, so that their own scores compare. */
export function alike(a: Subject, b: Subject): boolean {
  const rows = ({ plan: { data } }: Subject) =>
    JSON.stringify([data.source, data.validation, data.test, data.drop, data.relabel, data.missing === "drop"]);
  const measure = ({ complete: { metric, training, data } }: Subject) =>
    JSON.stringify(metric?.name === "loss" ? [metric, training.loss, data.scaleTarget] : metric);
  return rows(a) === rows(b) && measure(a) === measure(b);
}

/**
 * The scores of `plans` and of the plan they are compared with, on every seed. A plan that changes which rows are judged, or how, is
 * measured again: both by the first plan's metric on the rows that both leave in validation, with the same label. Null where a training did not end in time.
 */
export async function compare(
  base: Subject,
  plans: readonly Subject[],
  seeds: readonly number[],
  lab: Lab,
  { size, doing, detail = "score" }: { size?: Size; doing: string; detail?: Detail },
): Promise<(Pair | null)[]> {
  const again = plans.map((plan) => !alike(base, plan));
  const request = (subject: Subject, outputs: boolean) =>
    seeds.map((seed) => ({
      plan: subject.plan,
      seed,
      variation: size,
      detail: outputs && detail === "score" ? ("outputs" as const) : detail,
    }));
  const requests = [base, ...plans].flatMap((subject, k) =>
    request(subject, k === 0 ? again.some(Boolean) : again[k - 1]),
  );
  const runs = await lab.train(requests, doing);
  const of = (k: number) => runs.slice(k * seeds.length, (k + 1) * seeds.length);
  const whole = (list: readonly (Run | null)[]): list is Run[] => list.every((run) => run !== null);
  return plans.map((plan, k) => {
    const [before, after] = [of(0), of(k + 1)];
    if (!whole(before) || !whole(after)) return null;
    if (!again[k]) return { before: before.map(scoreOfRun), after: after.map(scoreOfRun) };
    const pairs = seeds.map((seed, i) => rejudged(base, before[i], plan, after[i], seed));
    return pairs.every((pair) => pair !== null)
      ? { before: pairs.map(([b]) => b), after: pairs.map(([, a]) => a) }
      : null;
  });
}

/** Both scores on the source rows that both plans judge; null where there are none. */
function rejudged(base: Subject, before: Run, plan: Subject, after: Run, seed: number): [number, number] | null {
  if (!base.data || !plan.data) return null;
  const { metric, task } = base.data.resolved;
  const sides = [
    { material: base.data, run: before },
    { material: plan.data, run: after },
  ].map(({ material: { dataset, resolved, prepared }, run }) => {
    const { units, lastActivation } = resolved.network;
    const data = prepared(seed);
    return { data, run, units, lastActivation, source: sourceIds(dataset, data.origin, run.predictions!.rows) };
  });
  // A row that one plan relabels is judged by two truths: it is left out.
  const labelled = sides.map(
    ({ data, run, source }) => new Map(source.map((id, i) => [id, data.labels?.[run.predictions!.rows[i]]])),
  );
  const shared = new Set(
    sides[0].source.filter((id) => labelled[1].has(id) && Object.is(labelled[0].get(id), labelled[1].get(id))),
  );
  if (shared.size === 0 || metric.name === "loss") return null;
  const [a, b] = sides.map(({ data, run, units, lastActivation, source }) => {
    const { rows, outputs } = run.predictions!;
    const kept = rows.map((_, i) => i).filter((i) => shared.has(source[i]));
    const chosen = Float32Array.from(kept.flatMap((i) => outputs.slice(i * units, (i + 1) * units)));
    if (run.end?.reason === "diverged") return Number.NaN;
    return scoreOf(
      metric,
      chosen,
      data,
      Uint32Array.from(kept, (i) => rows[i]),
      lastActivation,
      task,
    );
  });
  return [a, b];
}

/** Names rows by file and row, so that plans that drop rows agree on which is which. */
function sourceIds(dataset: Dataset, origin: Uint32Array, rows: readonly number[]): string[] {
  return rows.map((row) => {
    const { part, row: at } = sourceRow(dataset, origin[row]);
    return `${part} ${at}`;
  });
}
