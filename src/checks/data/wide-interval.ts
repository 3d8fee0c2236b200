/** The score is evaluated on so few rows that it is uncertain. */

import { metricWord } from "../../data/metrics.ts";
import { wilson } from "../../data/statistics.ts";
import { largest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { countsRows } from "../scores.ts";
import { count, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.05, 0.2];

export const wideInterval = defineCheck({
  id: "wide-interval",
  title: "Few evaluation rows leave the score uncertain",
  neutral: true,
  overview: true,
  thresholds: [
    {
      of: "half of the 95 % interval of the score (Wilson)",
      value: [NONE, FULL],
      origin: "by hand",
      source: "a gain of 3 points counts as an improvement; below 5 points either way, several seeds can show it",
    },
  ],
  needs: ["profile", "metric", "baselines"],
  detect({ profile, metric, baselines }) {
    const rows = metric.split === "validation" ? profile.split.validation : profile.split.train;
    if (!countsRows(metric) || baselines.length === 0 || rows === 0) return unknown("a score that is a share of rows");
    const best = largest(baselines.map(({ value }) => value));
    const { low, high } = wilson(Math.min(1, Math.max(0, best)), rows);
    const half = (high - low) / 2;
    if (half < NONE) return;
    return {
      strength: ramp(half, 0, FULL),
      says: `With only ${count(rows, `${metric.split} row`)}, ${percent(best)} ${metricWord(metric.name)} has a 95 % interval of ${percent(low)} to ${percent(high)}.`,
      values: { rows, low, high, half },
    };
  },
});
