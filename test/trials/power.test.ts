/** Power: what so many rows and seeds can prove, against a simulation of paired classifiers. */
import { describe, expect, it } from "vitest";
import { stream, uniform } from "../../src/random.ts";
import { seedsNeeded, smallestGain } from "../../src/trials/power.ts";
import { pairedGain } from "../../src/trials/statistics.ts";

/** Share of simulated proofs that succeed when the second classifier is right on `gain` more of the rows, and they disagree on a tenth. */
function proved(rows: number, seeds: number, gain: number): number {
  const rounds = 400;
  let found = 0;
  for (let round = 0; round < rounds; round++) {
    const differences = Array.from({ length: seeds }, (_, s) => {
      const base = stream(round, s);
      let sum = 0;
      for (let i = 0; i < rows; i++) {
        const u = uniform(base, i);
        if (u < 0.05 + gain / 2) sum++;
        else if (u < 0.1) sum--;
      }
      return sum / rows;
    });
    if (pairedGain(differences).low > 0) found++;
  }
  return found / rounds;
}

describe("power", () => {
  it.each([
    [200, 5],
    [1000, 5],
    [200, 10],
  ])("%i rows and %i seeds prove the smallest gain about four times in five", (rows, seeds) => {
    const share = proved(rows, seeds, smallestGain(rows, seeds));
    expect(share).toBeGreaterThan(0.65);
    expect(share).toBeLessThan(0.92);
  });

  it("halves with four times the rows", () => {
    expect(smallestGain(400, 5)).toBeCloseTo(smallestGain(100, 5) / 2, 10);
  });

  it.each([
    [[0.01, 0.02, 0.03, 0.02, 0.02], 3],
    [[0.1, -0.1, 0.1, 0, 0.05], 33],
    [[0, 0, 0], null],
  ])("%j: seeds needed", (differences, seeds) => {
    const found = seedsNeeded(differences);
    if (seeds === null) expect(found).toBeNull();
    else expect(Math.abs(found! - seeds)).toBeLessThanOrEqual(1);
  });
});
