/** What one training costs, from its first steps. */
import { shortened } from "../probes/probe.ts";
import type { Subject } from "./examine.ts";
import type { Lab } from "./lab.ts";

export type Cost = {
  /** Seconds of a step, and of a whole training, on one thread. */
  step: number;
  training: number;
};

/** Some hundredths of a second for a small network, and enough to tell its pace. */
const FIRST_STEPS = 40;

/** Times the first steps of the plan. */
export async function timed({ plan }: Subject, rows: number, seed: number, lab: Lab): Promise<Cost> {
  const { batchSize, epochs } = plan.training;
  const batch = Math.min(batchSize, rows);
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
  const steps = Math.max(
    1,
    (after.length > 0 ? after : stamps).reduce((n, stamp) => n + stamp.steps, 0),
  );
  const step = seconds / steps;
  // Sessions, scores and messages: measured at 30 ms a training.
  return { step, training: step * Math.ceil(rows / batch) * epochs * 1.1 + 0.03 };
}
