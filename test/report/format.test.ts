import { describe, expect, test } from "vitest";
import { fold, hasCourse, honestRange, thin, wantsLog } from "../../src/report/curves.ts";
import { duration, gain, interval, planValue, scoreFormat, sparkline } from "../../src/report/format.ts";
import { list, number, percent } from "../../src/words.ts";

test.each([
  [0, "0"],
  [0.5, "0.5"],
  [0.01234, "0.0123"],
  [4.2, "4.2"],
  [38215, "38,215"],
  [-2.7149, "−2.71"],
  [1.5e-7, "1.5e-7"],
  [2.5e9, "2.5e9"],
  [NaN, "NaN"],
  [Infinity, "infinity"],
  [-Infinity, "−infinity"],
])("number %d is %s", (value, text) => expect(number(value)).toBe(text));

test.each([
  [0.521, "52 %"],
  [1, "100 %"],
  [0.996, "99.6 %"],
  [0.9996, "99.96 %"],
  [0.003, "0.3 %"],
  [-0.25, "−25 %"],
  [NaN, "NaN"],
])("share %d is %s", (value, text) => expect(percent(value)).toBe(text));

test("scores that differ are written so that they differ", () => {
  const show = scoreFormat("accuracy", [0.912, 0.914]);
  expect([show(0.912), show(0.914)]).toEqual(["91.2 %", "91.4 %"]);
  expect(scoreFormat("r2", [0.5])(0.51234)).toBe("0.512");
});

test.each([
  ["accuracy", 0.5, 0.54, "50 … 54 %"],
  ["accuracy", 0.513, 0.526, "51.3 … 52.6 %"],
  ["rmse", 10.91, 12.02, "10.9 … 12"],
  ["accuracy", NaN, NaN, ""],
])("interval of %s %d … %d is %s", (metric, low, high, text) => expect(interval(metric, { low, high })).toBe(text));

test.each([
  ["accuracy", "higher", [0.39, 0.37, 0.41], "+39 points (+37 … +41)"],
  ["accuracy", "higher", [0.01, NaN, NaN], "+1.0 points"],
  ["accuracy", "higher", [-0.0001, -0.02, 0.02], "0.0 points (−2.0 … +2.0)"],
  ["mse", "lower", [3, 2, 4], "−3 (−4 … −2)"],
  ["mse", "lower", [-3, -4, -2], "+3 (+2 … +4)"],
  ["r2", "higher", [0.31, 0.3, 0.32], "+0.31 (+0.3 … +0.32)"],
] as const)("gain of %s, %s is better", (name, better, [mean, low, high], text) =>
  expect(gain({ name, better }, { mean, low, high })).toBe(text),
);

test.each([
  [0.31, "0.3 s"],
  [21.4, "21 s"],
  [125, "2 min 5 s"],
  [120, "2 min"],
  [4800, "80 min"],
  [5400, "1 h 30 min"],
])("%d seconds are %s", (seconds, text) => expect(duration(seconds)).toBe(text));

test("lists and values of a plan", () => {
  expect([list([]), list(["a"]), list(["a", "b", "c"])]).toEqual(["", "a", "a, b and c"]);
  expect([planValue(null), planValue(0.00001), planValue("relu"), planValue([1, 2])]).toEqual([
    "none",
    "0.00001",
    "relu",
    "[1,2]",
  ]);
  expect(planValue(Array.from({ length: 500 }, (_, i) => i))).toMatch(/^\[0,1,.*… \(500 values\)$/);
});

describe("a sparkline", () => {
  const options = { width: 8, unicode: true };
  test.each([
    [[1, 2, 3, 4, 5, 6, 7, 8], options, "▁▂▃▄▅▆▇█"],
    [[1, NaN, 8], options, "▁×█"],
    [[1, NaN, 8], { ...options, unicode: false }, "_!#"],
    [[3, 3, 3], options, "▁▁▁"],
    [[1, 1, 8, 8], { ...options, width: 2 }, "▁█"],
    [[1, 10, 100], { ...options, log: true }, "▁▅█"],
    [[0.5, 0.5], { ...options, low: 0, high: 1 }, "▅▅"],
    [[NaN, NaN], options, "××"],
    [[], options, ""],
  ])("of %j", (values, how, text) => expect(sparkline(values, how)).toBe(text));
});

describe("folded curves", () => {
  const curve = (seed: number, train: number[]) => ({
    seed,
    epochs: train.map((_, i) => i + 1),
    train,
    validation: null,
    trainScore: train,
    score: train,
  });

  test("hold mean, band and where they break", () => {
    const folded = fold([curve(1, [1, 2, NaN]), curve(2, [3, 4, 5])], "train");
    expect(folded).toEqual({
      epochs: [1, 2, 3],
      mean: [2, 3, 5],
      low: [1, 2, 5],
      high: [3, 4, 5],
      broken: { epoch: 3, seeds: 1, of: 2 },
    });
  });

  test("of different lengths keep every epoch", () => {
    const folded = fold([curve(1, [1]), curve(2, [3, 4])], "train");
    expect(folded?.mean).toEqual([2, 4]);
    expect(fold([curve(1, [1])], "validation")).toBeNull();
  });

  test("leave out what was not measured, and show no course of a single epoch", () => {
    const ended = { ...curve(1, [0.3]), trainScore: [NaN] };
    expect(fold([ended], "trainScore")).toBeNull();
    expect(hasCourse(fold([ended], "train")!)).toBe(false);
    expect(hasCourse(fold([curve(1, [NaN])], "train")!)).toBe(true);
  });

  test("thinned keep both ends", () => {
    const long = fold(
      [
        curve(
          1,
          Array.from({ length: 1000 }, (_, i) => i),
        ),
      ],
      "train",
    )!;
    const short = thin(long, 50);
    expect([short.epochs.length, short.epochs[0], short.epochs.at(-1), short.mean.at(-1)]).toEqual([50, 1, 1000, 999]);
  });

  test("a flat curve is given a range that shows it flat", () => {
    expect(honestRange([2.3, 2.301, NaN])[1]).toBeGreaterThan(2.4);
    expect(honestRange([1, 2])).toEqual([1, 2]);
    expect(honestRange([0.5, 0.52], 0.1)[0]).toBeCloseTo(0.46);
  });

  test.each([
    [[1, 1000], true],
    [[1, 50], false],
    [[0, 1000], false],
    [[NaN], false],
  ])("%j on a logarithmic axis: %s", (values, log) => expect(wantsLog(values)).toBe(log));
});
