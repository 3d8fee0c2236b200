/** The shared time-series helpers, and where a rate lies in a sweep. */
import { describe, expect, test } from "vitest";
import { bins, forecast, line, swings, trend } from "../../src/checks/series.ts";
import { position } from "../../src/checks/sweep.ts";
import { list, logRamp, number, percent, ramp } from "../../src/checks/words.ts";

const along = (n: number, of: (t: number) => number) => Array.from({ length: n }, (_, i) => of(i + 1));

describe("lines", () => {
  test("slope, intercept and the error of the slope", () => {
    // y = 1 + 2x with residuals +1 −1 −1 +1: error² = (4 / 2) / 5.
    const found = line([0, 1, 2, 3], [2, 2, 4, 8]);
    expect(found.slope).toBeCloseTo(2, 12);
    expect(found.intercept).toBeCloseTo(1, 12);
    expect(found.error).toBeCloseTo(Math.sqrt(0.4), 12);
  });
  test("a trend looks at the last entries only", () => {
    expect(trend([9, 9, 9, 1, 2, 3], { last: 3 })).toMatchObject({ slope: 1, n: 3 });
  });
  test("bins are means of equal stretches", () => {
    expect(bins([1, 3, 5, 7, 9, 11], 3)).toEqual([2, 6, 10]);
    expect(bins([1, 2], 5)).toEqual([1, 2]);
  });
});

describe("swings", () => {
  test("counts turns of a size, not trembling", () => {
    expect(swings([1, 0.5, 1, 0.5, 1], 0.3)).toMatchObject({ count: 3, largest: 0.5 });
    expect(
      swings(
        along(20, (t) => 1 / t + 0.01 * (t % 2)),
        0.1,
      ).count,
    ).toBe(0);
  });
});

describe("forecast", () => {
  test.each([
    ["a power law", (t: number) => 0.2 + 0.8 / t],
    ["an exponential", (t: number) => 0.1 + 0.9 * Math.exp(-t / 8)],
    ["a power law to zero", (t: number) => 2 * t ** -0.5],
  ])("%s, three times as far", (_, of) => {
    const found = forecast(along(30, of), 90);
    expect(Math.abs((found?.value ?? 9) - of(90))).toBeLessThan(0.25 * of(30));
    expect(found?.value).toBeLessThan(of(30));
  });
  test("nothing for a short, a flat, a rising or a broken curve", () => {
    expect(forecast([3, 2, 1], 9)).toBeUndefined();
    expect(
      forecast(
        along(20, () => 1),
        60,
      ),
    ).toBeUndefined();
    expect(
      forecast(
        along(20, (t) => t),
        60,
      ),
    ).toBeUndefined();
    expect(forecast([...along(20, (t) => 1 / t), Number.NaN], 60)).toBeUndefined();
  });
});

describe("the position in a sweep", () => {
  const rates = [1, 0.1, 0.01, 0.001];
  test("does not depend on the order of the rates", () => {
    const found = position({ rates, losses: [Number.NaN, 0.3, 0.2, 0.9], own: 0.001, steps: 9, start: 1 });
    expect(found).toMatchObject({ best: 0.01, limit: 1 });
    expect(found?.decades).toBeCloseTo(-1, 12);
    expect(found?.missed).toBeCloseTo(0.7 / 0.8, 12);
  });
  test("a rate between two of the sweep is interpolated", () => {
    const found = position({ rates, losses: [2, 0.3, 0.2, 0.9], own: 10 ** -2.5, steps: 9, start: 1 });
    expect(found?.ownLoss).toBeCloseTo(0.55, 12);
  });
  test("none where no rate gets anywhere", () => {
    expect(position({ rates, losses: [5, 1, 1, 0.999], own: 0.1, steps: 9, start: 1 })).toBeUndefined();
  });
});

describe("words", () => {
  test("numbers as people write them", () => {
    expect([number(0.12345), number(12345.6), number(1e-5), number(0), number(Number.NaN), number(31.62)]).toEqual([
      "0.123",
      "12,346",
      "1e-5",
      "0",
      "NaN",
      "31.6",
    ]);
    expect(percent(0.1234)).toBe("12.3 %");
    expect([list(["a"]), list(["a", "b"]), list(["a", "b", "c", "d", "e"])]).toEqual([
      "a",
      "a and b",
      "a, b, c and 2 more",
    ]);
  });
  test("ramps run in either direction and stay within 0 and 1", () => {
    expect([ramp(5, 0, 10), ramp(5, 10, 0), ramp(-1, 0, 1), ramp(9, 0, 1)]).toEqual([0.5, 0.5, 0, 1]);
    expect(logRamp(10, 1, 100)).toBeCloseTo(0.5, 12);
  });
});
