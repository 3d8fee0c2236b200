/** Power: the smallest gain that seeds and validation rows can prove. */
import { mean, sd } from "../data/statistics.ts";
import { tQuantile } from "./statistics.ts";

/** The share of the rows that only one of plan and edit predicts correctly, which determines the variance of their difference. Chosen by hand. */
export const DISCORDANT = 0.1;
/** The usual power: proved four times out of five. */
const POWER = 0.8;
/** The most seeds considered: nobody trains more. */
const MOST_SEEDS = 200;

/**
 * The gain in accuracy that `seeds` paired seeds, each evaluated on `rows` validation rows, prove four times out of five. The difference of
 * two classifiers on the same rows has the variance discordant / rows (McNemar).
 */
export function smallestGain(rows: number, seeds: number, discordant = DISCORDANT): number {
  const df = seeds - 1;
  return (tQuantile(0.975, df) + tQuantile(POWER, df)) * Math.sqrt(discordant / rows / seeds);
}

/** How many seeds an interval like that of these differences needs to exclude 0; null where more than 200 are not enough. */
export function seedsNeeded(differences: readonly number[]): number | null {
  const [m, s] = [Math.abs(mean(differences)), sd(differences)];
  if (differences.length < 2 || m === 0) return null;
  for (let n = 3; n <= MOST_SEEDS; n++) if ((tQuantile(0.975, n - 1) * s) / Math.sqrt(n) < m) return n;
  return null;
}
