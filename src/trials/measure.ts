/** Measures what one training of a plan costs; in seconds, by its first steps. */
import { shortened } from "../probes/probe.ts";
import type { Cost } from "./cost.ts";
import type { Lab } from "./lab.ts";
import type { Subject } from "./subject.ts";

/** A few hundredths of a second for a small network, and enough to measure its speed. */
const FIRST_STEPS = 40;

/** What a training of the plan costs; in seconds its first steps are timed. */
export async function costOf(base: Subject, rows: number | undefined, seed: number, lab: Lab): Promise<Cost> {
  const { batchSize, epochs } = base.plan.training;
  const counted = lab.budget.unit === "trainings";
  // Without rows there are no steps to count: the first whole trainings say what one costs.
  if (rows === undefined) return { step: 0, training: counted ? 1 : 0, abreast: counted ? 1 : lab.jobs.capacity };
  const steps = Math.max(1, Math.ceil(rows / Math.min(batchSize, rows)) * epochs);
  if (counted) return { step: 1 / steps, training: 1, abreast: 1 };
  const step = await timed(base, rows, seed, lab);
  // Sessions, scores and messages: measured at 30 ms a training.
  return { step, training: step * steps * 1.1 + 0.03, abreast: lab.jobs.capacity };
}

/** Seconds of a step, over the first steps of the plan. */
async function timed({ plan }: Subject, rows: number, seed: number, lab: Lab): Promise<number> {
  const batch = Math.min(plan.training.batchSize, rows);
  const few = Math.min(rows, FIRST_STEPS * batch);
  const stamps: { at: number; steps: number }[] = [];
  const began = performance.now();
  const job = {
    plan: shortened(plan, Math.max(1, Math.floor((FIRST_STEPS * batch) / few))),
    seed,
    variation: { kind: "rows", rows: few } as const,
    options: { scores: 1, trainScores: false, throughNaN: true },
  };
  await lab.probe([job], "timing the first steps", (_job, event) => {
    if (event.type === "steps") stamps.push({ at: performance.now(), steps: event.loss.length });
  });
  // The first call opens the session; what comes after it is the pace.
  const after = stamps.slice(1);
  const seconds =
    after.length > 0 ? (after[after.length - 1].at - stamps[0].at) / 1000 : (performance.now() - began) / 1000;
  return (
    seconds /
    Math.max(
      1,
      (after.length > 0 ? after : stamps).reduce((n, stamp) => n + stamp.steps, 0),
    )
  );
}
