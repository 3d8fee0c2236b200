/** The score still rises with the number of training rows. */

import { scoreName } from "../../data/metrics.ts";
import { defineCheck, unknown } from "../check.ts";
import { expectedAt } from "../more-rows.ts";
import { meanOf, scored } from "../scores.ts";
import { capital, count, ramp } from "../words.ts";

const [NONE, FULL] = [0.02, 0.1];
const [NOISE, PART] = [0.01, 0.3];

export const moreRowsHelp = defineCheck({
  id: "more-rows-help",
  title: "The score still rises with more training rows",
  thresholds: [
    {
      of: "points gained by the last doubling of the rows",
      value: [NONE, FULL],
      origin: "by hand",
      source: "two seeds differ by less",
    },
    {
      of: "points by which the score may fall with more rows",
      value: NOISE,
      origin: "by hand",
      source: "a curve of two seeds is not smooth",
    },
    {
      of: "least number of doublings between two parts",
      value: PART,
      origin: "by hand",
      source: "two parts of nearly the same size show no slope",
    },
  ],
  needs: ["learningCurve", "metric"],
  detect({ learningCurve, metric }) {
    const curve = [...learningCurve].sort((a, b) => a.share - b.share);
    if (curve.length < 3 || metric.better !== "higher") return unknown("three points of a score with a maximum of 1");
    const [before, last] = curve.slice(-2);
    const gain = (last.score - before.score) / Math.max(PART, Math.log2(last.share / before.share));
    const rising = curve.every((point, i) => i === 0 || point.score >= curve[i - 1].score - NOISE);
    if (!rising || gain <= NONE) return;
    const points = curve.map((point) => ({ rows: point.rows, scores: point.scores ?? [point.score] }));
    const twice = expectedAt(points, 2 * last.rows);
    const [first, second, expected, low, high] = [before.score, last.score, twice.score, twice.low, twice.high].map(
      (score) => scored(metric, score),
    );
    const interval = twice.high > twice.low ? ` (95 % interval ${low} to ${high})` : "";
    const seeds = meanOf(last.scores?.length);
    return {
      strength: ramp(gain, 0, FULL),
      says: `${capital(scoreName(metric))} is ${first} with ${count(before.rows, "training row")} and ${second} with ${count(last.rows, "row")}${seeds}; twice as many would give about ${expected}${interval}.`,
      values: { gain, rows: 2 * last.rows, twice: twice.score, low: twice.low, high: twice.high },
      ...(twice.score > 0 && {
        limit: { more: { rows: 2 * last.rows, score: twice.score, low: twice.low, high: twice.high } },
      }),
    };
  },
});
