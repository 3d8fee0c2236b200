/** Statistics agree with pandas, SciPy and scikit-learn (test/fixtures/statistics.py). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { columnFacts } from "../../src/data/evidence/column-facts.ts";
import { rowOrder } from "../../src/data/evidence/row-order.ts";
import { prepare } from "../../src/data/prepare.ts";
import { profile } from "../../src/data/profile.ts";
import { cramersV, evenness, kolmogorovSmirnov, quantile, wilson } from "../../src/data/statistics.ts";
import { csv, datasetOf, planOf } from "./helpers.ts";

type Numbers = number[];
type Reported = { distance: number; p: number };
const reference = JSON.parse(readFileSync(new URL("../fixtures/statistics.json", import.meta.url), "utf8")) as {
  columns: Record<
    string,
    { missing: number; distinct: number; mean: number; std: number; min: number; max: number; quartiles: Numbers }
  >;
  tails: { values: Numbers; far: number; held: number };
  quantiles: { values: Numbers; shares: Numbers; found: Numbers };
  evenness: { counts: Numbers; value: number }[];
  wilson: { hits: number; n: number; low: number; high: number }[];
  kolmogorov: (Reported & { a: Numbers; b: Numbers; exact: number })[];
  cramer: (Reported & { counts: Numbers[] })[];
  order: { target: Numbers; explained: number };
};

const rising = (values: Numbers) => Float64Array.from(values).sort();
const whole = { validation: null };

describe("statistics", () => {
  it("of columns: missing, distinct, mean, spread, ends and quartiles", () => {
    const text = readFileSync(new URL("../../examples/penguins.csv", import.meta.url), "utf8");
    const plan = planOf({ target: "Species", ...whole });
    const dataset = datasetOf(text, plan);
    const prepared = prepare(plan, dataset, 1, 3);
    const { raw } = profile(plan, dataset, prepared);
    const facts = columnFacts(dataset, prepared)!.columns;
    for (const [name, expected] of Object.entries(reference.columns)) {
      const own = raw.find((one) => one.name === name)!;
      const { quartiles } = facts.find((one) => one.name === name)!;
      expect(own).toMatchObject({ missing: expected.missing, distinct: expected.distinct });
      for (const key of ["mean", "std", "min", "max"] as const) expect(own[key] / expected[key]).toBeCloseTo(1, 6);
      quartiles.forEach((value, i) => {
        expect(value / expected.quartiles[i]).toBeCloseTo(1, 6);
      });
    }
  });

  it("of tails, beyond Tukey's outer fences", () => {
    const { values, far, held } = reference.tails;
    const plan = planOf({ task: "classification", ...whole });
    const dataset = datasetOf(
      csv("a,b,y", values.length, (i) => [values[i], i % 3, i % 2]),
      plan,
    );
    const [own] = columnFacts(dataset, prepare(plan, dataset, 1, 2))!.columns;
    expect(own.far).toBeCloseTo(far, 10);
    expect(own.held).toBeCloseTo(held, 5);
  });

  it("quantiles", () => {
    const { values, shares, found } = reference.quantiles;
    shares.forEach((share, i) => {
      expect(quantile(rising(values), share)).toBeCloseTo(found[i], 10);
    });
  });

  it.each(reference.evenness)("evenness of $counts", ({ counts, value }) => {
    expect(evenness(counts)).toBeCloseTo(value, 12);
  });

  it.each(reference.wilson)("Wilson's interval of $hits of $n", ({ hits, n, low, high }) => {
    const found = wilson(hits / n, n);
    expect(found.low).toBeCloseTo(low, 12);
    expect(found.high).toBeCloseTo(high, 12);
  });

  it.each(reference.kolmogorov)("Kolmogorov and Smirnov's distance $distance", ({ a, b, distance, p, exact }) => {
    const found = kolmogorovSmirnov(rising(a), rising(b));
    expect(found.distance).toBeCloseTo(distance, 12);
    expect(found.p).toBeCloseTo(p, 10);
    // Of small p the power of ten is what matters.
    expect(Math.abs(Math.log10(found.p / exact))).toBeLessThan(0.5);
  });

  it.each(reference.cramer)("Cramér's V $distance", ({ counts, distance, p }) => {
    const found = cramersV(counts);
    expect(found.distance).toBeCloseTo(distance, 12);
    expect(found.p / p).toBeCloseTo(1, 8);
  });

  it("of what the order of the rows explains", () => {
    const { target, explained } = reference.order;
    const plan = planOf({ task: "regression", ...whole });
    const dataset = datasetOf(
      csv("a,b,y", target.length, (i) => [i % 7, i % 3, target[i]]),
      plan,
    );
    expect(rowOrder(dataset, prepare(plan, dataset, 1, 1))!.explained).toBeCloseTo(explained, 6);
  });
});
