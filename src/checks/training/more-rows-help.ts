/** The score still rises with the number of training rows. */
import { scoreName } from "../../data/metrics.ts";
import { defineCheck, unknown } from "../check.ts";
import { expectedAt } from "../more-rows.ts";
import { scoreText } from "../scores.ts";
import { count, number, ramp } from "../words.ts";

const [NONE, FULL] = [0.02, 0.1];
const [NOISE, PART] = [0.01, 0.3];

export const moreRowsHelp = defineCheck({
  id: "more-rows-help",
  title: "The score still rises with the training rows",
  thresholds: [
    {
      of: "points that the last doubling gains",
      value: [NONE, FULL],
      origin: "by hand",
      source: "less is what two seeds differ by",
    },
    {
      of: "points that a larger part may lose",
      value: NOISE,
      origin: "by hand",
      source: "a curve of two seeds is not smooth",
    },
    { of: "doublings at least", value: PART, origin: "by hand", source: "two parts of nearly one size tell no slope" },
  ],
  needs: ["learningCurve", "metric"],
  detect({ learningCurve, metric }) {
    const show = scoreText(metric);
    const curve = [...learningCurve].sort((a, b) => a.share - b.share);
    if (curve.length < 3 || metric.better !== "higher") return unknown("three points of a score that ends at 1");
    const [before, last] = curve.slice(-2);
    const gain = (last.score - before.score) / Math.max(PART, Math.log2(last.share / before.share));
    const rising = curve.every((point, i) => i === 0 || point.score >= curve[i - 1].score - NOISE);
    if (!rising || gain <= NONE) return;
    const points = curve.map((point) => ({ rows: point.rows, scores: point.scores ?? [point.score] }));
    const twice = expectedAt(points, 2 * last.rows);
    return {
      strength: ramp(gain, 0, FULL),
      says: `With ${count(before.rows, "training row")}, ${scoreName(metric)} is ${show(before.score)}; with ${number(last.rows)} it is ${show(last.score)}; with twice as many it would be about ${show(twice.score)}${twice.high > twice.low ? ` (${show(twice.low)} … ${show(twice.high)})` : ""}.`,
      values: { gain, rows: 2 * last.rows, twice: twice.score, low: twice.low, high: twice.high },
      ...(twice.score > 0 && {
        limit: { more: { rows: 2 * last.rows, score: twice.score, low: twice.low, high: twice.high } },
      }),
    };
  },
});
