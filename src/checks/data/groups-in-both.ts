/** Rows of the same group are in training and validation, and the score depends on it. */

import { metricWord } from "../../data/metrics.ts";
import { defineCheck } from "../check.ts";
import { scored } from "../scores.ts";
import { count, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.04, 0.15];

export const groupsInBoth = defineCheck({
  id: "groups-in-both",
  title: "Rows of the same group are in training and validation",
  thresholds: [
    {
      of: "points by which the score falls with whole groups left out",
      value: [NONE, FULL],
      origin: "by hand",
      source: "a little more than the smallest gain that counts as an improvement, because two splits are compared",
    },
  ],
  needs: ["groups", "metric"],
  detect({ groups: { column, groups, nearest, chance, score, apart }, metric }) {
    if (metric.better !== "higher" || !(score - apart > NONE)) return;
    return {
      strength: ramp(score - apart, 0, FULL),
      says: `Column ${column} divides the rows into ${count(groups, "group")}. ${percent(nearest)} of the validation rows have their nearest training row in their own group (${percent(chance)} by chance); with whole groups left out, the cross-validated ${metricWord(metric.name)} of the best baseline is ${scored(metric, apart)} instead of ${scored(metric, score)}.`,
      where: [column],
      values: { column, nearest, chance, score, apart },
    };
  },
});
