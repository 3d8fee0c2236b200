/** What the rest of the budget allows after the plan was trained: how many remedies can be tried, on how many rows and seeds, and how many of them can be proved. */
import { count, percent } from "../checks/words.ts";
import type { Plan } from "../plan/plan.ts";
import type { Size } from "./compare.ts";
import type { First } from "./first.ts";

export type Effort = {
  /** The number of seeds in the screen. */
  seeds: number;
  /** The number of training rows in the screen; undefined: all. */
  size: Size;
  /** Their share of the training rows. */
  share: number;
  /** The number of candidates in the first screen. */
  most: number;
  /** How many can be proved; 0 where the paired trainings of a single one do not fit the budget. */
  finalists: number;
  /** The amount to reserve for the proof, or for one more training where there is none. */
  reserved: number;
};

/** The most finalists: each additional one widens the intervals of all (Holm). */
export const MOST_FINALISTS = 3;
// Shares of the time left: of the proof where several can be proved and where one can, and of the screen. The rest is for probes and the prescription.
const PROOF_SHARE = 0.45;
const ONLY_PROOF_SHARE = 0.75;
const SCREEN_SHARE = 0.25;
// The same shares of what a proof leaves, where trainings are expensive.
const COSTLY_SCREEN_SHARE = 0.45;
/** Trainings per seed in a usual screen. Chosen by hand. */
const SCREENED = 16;
/** The factor by which trainings side by side take longer than one alone. Chosen by hand. */
const MARGIN = 1.1;
/** The same factor where the cost was timed only once. Chosen by hand. */
const CONFIRM_MARGIN = 1.4;
/** The fewest rows, two usual batches: with fewer it would be a different task. */
const FEWEST_ROWS = 64;

/** @param rows of the training part, where known; `seeds`: those of a proof; `left`: what is left of the budget. */
export function effort(
  { cost, size }: First,
  { rows, seeds, left }: { rows: number | undefined; seeds: number; left: number },
): Effort {
  const each = cost.training / cost.abreast;
  const proof = (finalists: number) => (finalists + 1) * seeds * each * MARGIN;
  const fits = (n: number) => !size && proof(n) <= left * (n > 1 ? PROOF_SHARE : ONLY_PROOF_SHARE);
  const finalists = [3, 2, 1].find(fits) ?? 0;
  if (finalists === MOST_FINALISTS) {
    const screenSeeds = [5, 3].find((n) => each * SCREENED * n < left * SCREEN_SHARE) ?? 2;
    const affordable = (left * SCREEN_SHARE) / (screenSeeds * each);
    const most = Math.round(Math.min(24, Math.max(8, affordable)));
    return { seeds: screenSeeds, ...part(affordable / most, rows), most, finalists, reserved: 0 };
  }
  const whole = size && rows ? size.rows / rows : 1;
  const needed = finalists > 0 ? proof(finalists) : cost.training * whole * CONFIRM_MARGIN;
  const reserved = needed < left * 0.9 ? needed : 0;
  const affordable = ((left - reserved) * COSTLY_SCREEN_SHARE) / each;
  const most = Math.round(Math.min(12, Math.max(5, 3 * affordable)));
  return { seeds: 1, ...part(Math.min(whole, affordable / most), rows), most, finalists, reserved };
}

function part(affordable: number, rows: number | undefined): Pick<Effort, "size" | "share"> {
  if (rows === undefined) return { size: undefined, share: 1 };
  const some = Math.max(Math.min(rows, FEWEST_ROWS), Math.floor(rows * Math.min(1, affordable)));
  return { size: some >= rows ? undefined : { kind: "rows", rows: some }, share: some / rows };
}

/** The sentence why nothing is proved: trials on fewer rows do not prove an edit of the whole plan. */
export function reducedSays(share: number, { training: { epochs } }: Plan): string {
  const part = share < 1 ? `, and changes are tried on ${percent(share)} of the training rows` : "";
  return `The budget does not hold the paired runs of a proof (${count(epochs, "epoch")} each)${part}: what they show is suspicion, not proof.`;
}
