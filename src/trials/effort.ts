/** What the budget holds after the plan was trained: how many remedies can be tried, on how many rows and seeds, and how many of them proved. */
import type { Plan } from "../plan/plan.ts";
import type { Size } from "./compare.ts";
import type { First } from "./first.ts";

export type Effort = {
  /** Seeds of a screen. */
  seeds: number;
  /** Rows of a trial in the screen; undefined: all. */
  size: Size;
  /** Share of the rows that these are. */
  share: number;
  /** Candidates in the first screen. */
  most: number;
  /** How many can be proved; 0 where the budget does not hold the paired trainings of a single one. */
  finalists: number;
  /** What to keep for the proof, or for one more training where there is none. */
  reserved: number;
};

/** Each finalist more widens the intervals of all (Holm). */
export const MOST_FINALISTS = 3;
// Shares of the time left: of the proof where several can be proved and where one can, and of the screen. The rest is for probes and the prescription.
const PROOF_SHARE = 0.45;
const ONLY_PROOF_SHARE = 0.75;
const SCREEN_SHARE = 0.25;
// The same of what a proof leaves, where trainings are dear.
const DEAR_SCREEN_SHARE = 0.45;
/** Trainings a seed of a usual screen. Chosen by hand. */
const SCREENED = 16;
/** What trainings side by side take beyond the seconds of one alone. Chosen by hand. */
const MARGIN = 1.1;
/** The same where it rests on a single timing. Chosen by hand. */
const CONFIRM_MARGIN = 1.4;
/** Two usual batches: fewer rows are another task. */
const FEWEST_ROWS = 64;

/** @param rows of the training part, where they are known; `seeds` of a proof; `left` of the budget. */
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
  const affordable = ((left - reserved) * DEAR_SCREEN_SHARE) / each;
  const most = Math.round(Math.min(12, Math.max(5, 3 * affordable)));
  return { seeds: 1, ...part(Math.min(whole, affordable / most), rows), most, finalists, reserved };
}

function part(affordable: number, rows: number | undefined): Pick<Effort, "size" | "share"> {
  if (rows === undefined) return { size: undefined, share: 1 };
  const share = Math.min(1, affordable);
  const few = Math.max(Math.min(rows, FEWEST_ROWS), Math.floor(rows * share));
  return { size: share >= 1 ? undefined : { kind: "rows", rows: few }, share };
}

/** Why nothing is proved, in a sentence: the plan itself is not changed by training it on fewer rows. */
export function reducedSays(share: number, { training: { epochs } }: Plan): string {
  const few = `so remedies were tried on ${Math.max(1, Math.round(share * 100))} % of the training rows`;
  return `The budget does not hold the paired trainings of a proof (${epochs} epoch${epochs === 1 ? "" : "s"} each)${share < 1 ? `, ${few}` : ""}: what rests on them is suspicion.`;
}
