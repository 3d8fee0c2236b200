/** The statistics of trials against SciPy 1.17.1 (scipy.stats.t, ttest_rel) and, for Holm, against the definition. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gains, holm, improvements, pairedGain, tCdf, tQuantile, worthHaving } from "../../src/trials/statistics.ts";

const accuracy = { name: "accuracy", better: "higher" } as const;
const loss = { name: "mse", better: "lower" } as const;

describe("Student's t", () => {
  test.each([
    [-3, 1, 0.10241638234956672],
    [0.5, 1, 0.6475836176504333],
    [12.7, 1, 0.9749878361553279],
    [1, 2, 0.7886751345948129],
    [-2.5, 4, 0.03338327240599407],
    [2.776445105, 4, 0.9749999999949402],
    [0.1, 7, 0.5384259701976037],
    [3.3, 9, 0.9953850458407265],
    [1.96, 30, 0.9703288435519748],
    [-1.2, 2.5, 0.1657194188329388],
    [5, 120, 0.9999990109047098],
    [0.01, 1000, 0.5039883590339064],
    [30, 3, 0.9999593235978642],
  ])("cdf(%d, %d)", (t, df, expected) => {
    expect(Math.abs(tCdf(t, df) - expected)).toBeLessThan(1e-10);
  });

  test.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 2, 4.302652729749462],
    [0.975, 4, 2.7764451051977934],
    [0.975, 9, 2.262157162798205],
    [0.975, 19, 2.0930240544083087],
    [0.95, 3, 2.3533634348018233],
    [0.995, 5, 4.032142983555228],
    [0.6, 1, 0.32491969623290634],
    [0.025, 4, -2.7764451051977943],
    [0.9999, 6, 8.024792773116536],
    [0.975, 1000, 1.9623390808264083],
    [0.975, 1.5, 6.016663104427929],
  ])("quantile(%d, %d)", (p, df, expected) => {
    expect(Math.abs(tQuantile(p, df) - expected)).toBeLessThan(1e-8);
  });

  test("the two are each other's inverse", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 200 }), (p, df) => {
        expect(Math.abs(tCdf(tQuantile(p, df), df) - p)).toBeLessThan(1e-9);
      }),
    );
  });
});

describe("paired gain", () => {
  test.each([
    [[0.02, 0.05, 0.01, 0.04, 0.03], 0.03, 0.010367568385224433, 0.04963243161477557, 0.01323559956368269],
    [
      [0.1, -0.05, 0.2, 0, 0.07, 0.03],
      0.05833333333333333,
      -0.03301379513588006,
      0.1496804618025467,
      0.1616070767123574,
    ],
    [[1, 1.2], 1.1, -0.17062047361746902, 2.3706204736174694, 0.057715876752608926],
  ])("%j", (differences, mean, low, high, p) => {
    const gain = pairedGain(differences);
    expect(gain.mean).toBeCloseTo(mean, 12);
    expect(gain.low).toBeCloseTo(low, 8);
    expect(gain.high).toBeCloseTo(high, 8);
    expect(gain.p).toBeCloseTo(p, 8);
  });

  test("equal differences leave an interval of one number", () => {
    // 0.9 − 0.6 and 0.8 − 0.5 are equal up to rounding.
    expect(pairedGain(improvements([0.6, 0.5, 0.4], [0.9, 0.8, 0.7], accuracy))).toMatchObject({ p: 0 });
    expect(pairedGain([0, 0, 0])).toEqual({ mean: 0, low: 0, high: 0, p: 1 });
    expect(pairedGain([-0.1, -0.1])).toMatchObject({ low: -0.1, high: -0.1, p: 0 });
  });

  test("one pair decides nothing", () => {
    expect(pairedGain([0.5])).toMatchObject({ low: Number.NEGATIVE_INFINITY, p: 1 });
  });
});

describe("Holm", () => {
  test("steps down, never back, never above 1", () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
    expect(holm([0.5, 0.9])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
    expect(holm([0.02])).toEqual([0.02]);
  });
});

describe("worth having", () => {
  test.each([
    [0.5, 0.03],
    [0.9, 0.015],
    [1, 0],
    [-0.4, 0.03],
    [-2, 0.03],
  ])("of a score of %d: %d", (before, least) => {
    expect(worthHaving(before, accuracy)).toBeCloseTo(least, 12);
  });
  test("of a loss: a twentieth", () => {
    expect(worthHaving(8, loss)).toBeCloseTo(0.4, 12);
  });
});

describe("verdicts", () => {
  test("helps only when it is both sure and worth having", () => {
    expect(gains([0.5, 0.52, 0.51], [0.9, 0.91, 0.89], accuracy).verdict).toBe("helps");
    expect(gains([0.5, 0.5, 0.5], [0.501, 0.501, 0.501], accuracy).verdict).toBe("unclear");
    expect(gains([0.5, 0.6, 0.7], [0.7, 0.5, 0.8], accuracy).verdict).toBe("unclear");
    expect(gains([0.9, 0.9, 0.9], [0.5, 0.5, 0.5], accuracy).verdict).toBe("hurts");
  });
  test("a loss improves downwards", () => {
    expect(gains([8, 9, 8.5], [1, 1.2, 1.1], loss).verdict).toBe("helps");
    expect(gains([1, 1.2, 1.1], [8, 9, 8.5], loss).verdict).toBe("hurts");
  });
  test("Holm's p-value may take a gain back", () => {
    expect(gains([0.5, 0.5, 0.5], [0.56, 0.6, 0.64], accuracy).gains).toBe(true);
    expect(gains([0.5, 0.5, 0.5], [0.56, 0.6, 0.64], accuracy, 0.08).gains).toBe(false);
  });
  test("equal scores are unclear, also at the top", () => {
    expect(gains([1, 1, 1], [1, 1, 1], accuracy).verdict).toBe("unclear");
  });
});
