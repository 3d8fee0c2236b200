import { expect, test } from "vitest";
import type { ReportMetric } from "../../src/report/report.ts";
import { type HeadlineParts, headline, wordOf } from "../../src/report/verdict/headline.ts";

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

// The sentence is the product's first word to the user, so here, and only here, the wording itself is fixed.
test.each<[HeadlineParts, string]>([
  [
    {
      verdict: "data-limit",
      metric: metric(0.5, 0.552, { baseline: { name: "majority class", value: 0.551 } }),
      causes: [{ short: "it learns the training rows by heart", cured: "With dropout" }],
      simple: [
        { name: "linear", value: 0.546 },
        { name: "naive forecast", value: 0.474 },
      ],
      deep: 12,
    },
    "50 % is at the limit of its data: none beats the majority class, 55 % (linear 55 % and naive forecast 47 %). With dropout, it reaches 55 %. 12 hidden layers are too deep for what there is to learn.",
  ],
  [
    {
      verdict: "data-limit",
      metric: metric(0.82, null, { ceiling: { name: "k nearest neighbours", value: 0.72 } }),
      more: { rows: 80, score: 0.85, low: 0.783, high: 0.902 },
    },
    "82 % is near what the data allow: k nearest neighbours reaches 72 %. 80 training rows would give about 85 % (78 % to 90 %).",
  ],
  [
    { verdict: "stuck", metric: metric(0.521, 0.913), causes: [scale] },
    "Stuck at 52 %: the inputs are not scaled. Scaled, it reaches 91 %.",
  ],
  [
    {
      verdict: "stuck",
      metric: metric(0.953, 0.962, { own: estimate(0.83) }),
      causes: [{ short: "some of its labels are wrong", cured: "Without the contradicting rows" }],
    },
    "Stuck at 83 %: some of its labels are wrong. Without the contradicting rows, it goes from 95 % to 96 % on the rows that nothing contradicts.",
  ],
  [
    { verdict: "stuck", metric: metric(0.521, 0.913), causes: [scale, rate] },
    "Stuck at 52 %: the inputs are not scaled and the learning rate is too high. Scaled and slower, it reaches 91 %.",
  ],
  [
    { verdict: "stuck", metric: metric(0.521, 0.913), causes: [scale, rate, short] },
    "Stuck at 52 %: the inputs are not scaled, the learning rate is too high and it ends too early. Scaled, slower and longer, it reaches 91 %.",
  ],
  [
    { verdict: "stuck", metric: metric(0.521), causes: [scale, rate, short, scale] },
    "Stuck at 52 %: the inputs are not scaled, the learning rate is too high and 2 more.",
  ],
  [
    { verdict: "stuck", metric: metric(33.4, 11.2, rmse), causes: [rate], diverged: true },
    "The training ends in NaN: the learning rate is too high. Slower, it comes down to RMSE 11.2.",
  ],
  [
    { verdict: "stuck", metric: metric(0.5, null, { split: "training" }), causes: [rate] },
    "Stuck at 50 % of the training rows: the learning rate is too high.",
  ],
  [{ verdict: "stuck", metric: metric(null), causes: [scale] }, "The inputs are not scaled."],
  [
    { verdict: "healthy", metric: metric(0.97), tried: 9 },
    "Nothing holds it back at 97 %: none of 9 remedies gains anything worth having.",
  ],
  [
    { verdict: "slow", metric: metric(0.61, null, { name: "r2" }), forecast: { epochs: 20, more: 45, score: 0.83 } },
    "Slow, not stuck: at R² 0.61 after 20 epochs it is still improving. 45 more epochs should bring it to 0.83.",
  ],
  [
    { verdict: "data-limit", metric: metric(0.78, null, { ceiling: { name: "k nearest neighbours", value: 0.79 } }) },
    "78 % is near what the data allow: k nearest neighbours reaches 79 %.",
  ],
  [
    {
      verdict: "misleading",
      metric: metric(0.994, 0.71),
      causes: [{ short: "412 validation rows are also training rows", cured: "Without them" }],
    },
    "The 99 % cannot be believed: 412 validation rows are also training rows. Without them, it reaches 71 %.",
  ],
  [
    { verdict: "unknown", metric: metric(0.1), causes: [rate] },
    "It stays at 10 %, perhaps because the learning rate is too high; that is not proven.",
  ],
  [{ verdict: "unknown", metric: metric(null) }, "What could be looked at does not say why."],
])("%# %o", (parts, sentence) => expect(headline(parts)).toBe(sentence));

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
  expect(["r2", "mse", "balancedAccuracy"].map(wordOf)).toEqual(["R²", "MSE", "balanced accuracy"]);
});
