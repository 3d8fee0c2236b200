import fc from "fast-check";
import { expect, test } from "vitest";
import { causes } from "../../src/causes/index.ts";
import { metricWord, scoreFormat } from "../../src/report/format.ts";
import type { ReportMetric } from "../../src/report/report.ts";
import { type HeadlineParts, headline } from "../../src/report/verdict/headline.ts";

const estimate = (mean: number) => ({ mean, low: mean - 0.01, high: mean + 0.01, values: [mean] });
const metric = (
  before: number | null,
  after: number | null = null,
  more: Partial<ReportMetric> = {},
): ReportMetric => ({
  name: "accuracy",
  split: "validation",
  better: "higher",
  before: before === null ? null : estimate(before),
  after: after === null ? null : estimate(after),
  baseline: null,
  ceiling: null,
  test: { before: null, after: null },
  ...more,
});
const scale = { short: "the inputs are not scaled", cured: "Scaled" };
const rate = { short: "the learning rate is too high", cured: "Slower" };
const short = { short: "it ends too early", cured: "Longer" };
const rmse = { name: "rmse", better: "lower" } as const;

const dropout = { short: "the network overfits", cured: "With dropout" };
const all = {
  short: "the validation rows also occur in the training set",
  cured: "Without the copies",
};

/** What a headline must hold, and what it must not. */
test.each<{ name: string; parts: HeadlineParts; holds: string[]; lacks?: string[] }>([
  {
    name: "a limit of the data where no model beats the baseline",
    parts: {
      verdict: "data-limit",
      metric: metric(0.5, 0.552, { baseline: { name: "majority class", value: 0.551 } }),
      causes: [dropout],
      simple: [
        { name: "linear", value: 0.546 },
        { name: "naive forecast", value: 0.474 },
      ],
      deep: 12,
    },
    holds: ["50 %", "majority class 55 %", "linear 55 %", "With dropout, validation accuracy is 55 %"],
    lacks: ["12 hidden layers"],
  },
  {
    name: "a network too deep for its data",
    parts: { verdict: "data-limit", metric: metric(0.5, null), deep: 12 },
    holds: ["50 %", "12 hidden layers"],
  },
  {
    name: "more rows",
    parts: {
      verdict: "data-limit",
      metric: metric(0.82, null, { ceiling: { name: "k nearest neighbours", value: 0.72 } }),
      more: { rows: 80, score: 0.85, low: 0.783, high: 0.902 },
    },
    holds: ["82 %", "k nearest neighbours has 72 %", "80 training rows", "85 %", "78 % to 90 %"],
  },
  {
    name: "one cause",
    parts: { verdict: "stuck", metric: metric(0.521, 0.913), causes: [scale] },
    holds: ["52 % validation accuracy", scale.short, "Scaled, validation accuracy is 91 %"],
  },
  {
    name: "labels in doubt: the score on all rows is the one that is stuck",
    parts: {
      verdict: "stuck",
      metric: metric(0.953, 0.962, { own: estimate(0.83) }),
      causes: [{ short: "some labels are wrong", cured: "Without the contradicting rows" }],
    },
    holds: ["83 %", "from 95 % to 96 %", "not in doubt"],
  },
  {
    name: "two causes, whose fixes are one phrase",
    parts: { verdict: "stuck", metric: metric(0.521, 0.913), causes: [{ ...scale, cured: "With scaling" }, dropout] },
    holds: [`${scale.short} and ${dropout.short}`, "With scaling and dropout, "],
  },
  {
    name: "four causes",
    parts: { verdict: "stuck", metric: metric(0.521), causes: [scale, rate, short, dropout] },
    holds: [`${scale.short}, ${rate.short} and 2 more causes`],
  },
  {
    name: "NaN, and an error that falls",
    parts: { verdict: "stuck", metric: metric(33.4, 11.2, rmse), causes: [rate], diverged: true },
    holds: ["Training ends in NaN", "Slower, validation RMSE is 11.2"],
    lacks: ["33.4"],
  },
  {
    name: "a plan without validation rows",
    parts: { verdict: "stuck", metric: metric(0.5, null, { split: "training" }), causes: [rate] },
    holds: ["50 % training accuracy"],
  },
  {
    name: "nothing trained",
    parts: { verdict: "stuck", metric: metric(null), causes: [scale] },
    holds: ["The inputs"],
  },
  { name: "healthy", parts: { verdict: "healthy", metric: metric(0.97), tried: 9 }, holds: ["97 %", "9 changes"] },
  {
    name: "healthy, one tried",
    parts: { verdict: "healthy", metric: metric(0.97), tried: 1 },
    holds: ["the one change"],
  },
  {
    name: "slow",
    parts: {
      verdict: "slow",
      metric: metric(0.61, null, { name: "r2" }),
      forecast: { epochs: 20, more: 1, score: 0.83 },
    },
    holds: ["R² is 0.61", "20 epochs", "1 more epoch should", "0.83"],
  },
  {
    name: "misleading",
    parts: { verdict: "misleading", metric: metric(0.994, 0.71), causes: [all] },
    holds: ["99 %", "not trustworthy", all.short, "Without the copies, validation accuracy is 71 %"],
  },
  {
    name: "not proved",
    parts: { verdict: "unknown", metric: metric(0.1), causes: [rate] },
    holds: ["10 %", rate.short, "not proved"],
  },
  {
    name: "better, and not proved",
    parts: { verdict: "unknown", metric: metric(0.1, 0.4), causes: [rate] },
    holds: ["10 %", "40 % in 1 run", "no proof"],
  },
])("$name", ({ parts, holds, lacks = [] }) => {
  const text = headline(parts);
  for (const part of holds) expect(text).toContain(part);
  for (const part of lacks) expect(text).not.toContain(part);
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const score = fc.option(fc.oneof({ weight: 9, arbitrary: share }, fc.constant(Number.NaN)));
const parts: fc.Arbitrary<HeadlineParts> = fc
  .record({
    verdict: fc.constantFrom("stuck", "healthy", "slow", "data-limit", "misleading", "unknown"),
    name: fc.constantFrom("accuracy", "binaryAccuracy", "r2", "auc", "loss"),
    split: fc.constantFrom("validation", "training"),
    before: score,
    after: score,
    own: fc.option(share, { nil: undefined }),
    causes: fc.array(
      fc
        .constantFrom(...causes)
        .chain((cause) =>
          fc
            .constantFrom("", ...cause.remedies.map(({ cured }) => cured))
            .map((cured) => ({ short: cause.short, cured })),
        ),
      { maxLength: 6 },
    ),
    tried: fc.nat(30),
    simple: fc.option(
      fc.array(fc.record({ name: fc.constantFrom("linear", "boosted trees", "k nearest neighbours"), value: share }), {
        maxLength: 6,
      }),
      { nil: undefined },
    ),
    deep: fc.option(fc.nat(40), { nil: undefined }),
    more: fc.option(fc.record({ rows: fc.nat(1e6), score: share, low: share, high: share }), { nil: undefined }),
    diverged: fc.boolean(),
    also: fc.constantFrom(undefined, "Interrupted before the end."),
  })
  .map(({ name, split, before, after, own, ...rest }) => {
    return {
      ...rest,
      metric: metric(before, after, {
        name,
        split: split as "validation",
        own: own === undefined ? undefined : estimate(own),
        baseline: { name: "majority class", value: 0.5 },
      }),
    } as HeadlineParts;
  });

test("at most 200 characters and two sentences, and no score that was not measured", () => {
  fc.assert(
    fc.property(parts, (given) => {
      const text = headline(given);
      expect(text.length).toBeLessThanOrEqual(200);
      expect(text).toMatch(/^[A-Z\d].*[A-Za-z%\d)]\.$/);
      expect(text.split(/\. (?=[A-Z\d])/).length).toBeLessThanOrEqual(given.also ? 3 : 2);
      expect(text).not.toMatch(/undefined|infinit| {2}|\b1 (?!is)[a-z]+s\b|is NaN|NaN %/);
      const { before, after, own, name, baseline } = given.metric;
      const among = [before?.mean, after?.mean].filter((mean) => mean !== undefined);
      const { more, simple = [] } = given;
      const known = [before?.mean, after?.mean, own?.mean, baseline?.value, more?.score, more?.low, more?.high];
      const measured = [...known, ...simple.map(({ value }) => value)].filter((one) => one !== undefined);
      const shown = new Set(measured.map(scoreFormat(name, among)));
      for (const [found] of text.matchAll(/[\d.]+ %/g)) expect(shown).toContain(found);
    }),
    { numRuns: 300 },
  );
});

test.each(["stuck", "healthy", "slow", "data-limit", "misleading", "unknown"] as const)(
  "%s says something with nothing but a metric, and never NaN as a score",
  (verdict) => {
    for (const before of [null, 0.5, NaN]) {
      const sentence = headline({ verdict, metric: metric(before) });
      expect(sentence).toMatch(/^\S.*[a-z%\d]\.$/);
      expect(sentence).not.toMatch(/NaN|undefined/);
    }
  },
);

test("metrics are written as people write them", () => {
  expect(["r2", "mse", "balancedAccuracy"].map(metricWord)).toEqual(["R²", "MSE", "balanced accuracy"]);
});
