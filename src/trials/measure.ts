/** How much training the budget holds: what one training costs, and how much of it the trials may take. */
import type { Plan } from "../plan/plan.ts";
import { shortened } from "../probes/probe.ts";
import type { Size } from "./compare.ts";
import type { Subject } from "./examine.ts";
import type { Lab } from "./lab.ts";

export type Cost = {
  /** Seconds of a step, and of a whole training, on one thread. */
  step: number;
  training: number;
};

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

export type Allowance = {
  /** Seeds of the first examination, and of a screen. */
  screenSeeds: number;
  /** Rows of a trial in the screen, and in the proof; undefined: all. */
  screen: Size;
  proof: Size;
  /** Candidates in the first screen. */
  most: number;
  /** Share of the rows that the proof uses: 1 unless the budget is too small for five paired trainings. */
  share: number;
};

// A proof of one finalist is two trainings a seed; the screen, the probes and the prescription need as much again.
const PROOF_SHARE = 0.45;
const SCREEN_SHARE = 0.25;
// A proof on all rows is worth a larger part of the budget than planned.
const NEARLY_ALL = 0.7;
const FEWEST_ROWS = 64;

export function allowance(cost: Cost, rows: number, seeds: number, seconds: number, threads: number): Allowance {
  const each = cost.training / threads;
  const affordableShare = (seconds * PROOF_SHARE) / (2 * seeds * each);
  const proofShare = affordableShare >= NEARLY_ALL ? 1 : affordableShare;
  const part = (share: number): Size =>
    share >= 1 ? undefined : { kind: "rows", rows: Math.max(Math.min(rows, FEWEST_ROWS), Math.floor(rows * share)) };
  const screenSeeds = each * 40 < seconds * 0.3 ? 3 : 2;
  const affordable = (seconds * SCREEN_SHARE) / (screenSeeds * each);
  const most = Math.round(Math.min(24, Math.max(8, affordable)));
  const screenShare = Math.min(proofShare, affordable / most);
  return { screenSeeds, screen: part(screenShare), proof: part(proofShare), most, share: proofShare };
}

/** The plan is not changed by training on fewer rows; this says it in a sentence. */
export const reducedSays = (share: number, plan: Plan): string =>
  `The budget does not hold five paired trainings of ${plan.training.epochs} epochs, so the trials use ${Math.max(1, Math.round(share * 100))} % of the training rows: what rests on them is suspicion, not proof.`;
