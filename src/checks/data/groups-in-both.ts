/** Rows of one group are on both sides of the split, and that is what makes the score. */
import { defineCheck } from "../check.ts";
import { scoreText } from "../scores.ts";
import { count, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.04, 0.15];

export const groupsInBoth = defineCheck({
  id: "groups-in-both",
  title: "Rows of one group are on both sides of the split",
  thresholds: [
    {
      of: "points of the score",
      value: [NONE, FULL],
      origin: "by hand",
      source: "a little more than a gain worth having, because two splits are compared",
    },
  ],
  needs: ["groups", "metric"],
  detect({ groups: { column, groups, nearest, chance, score, apart }, metric }) {
    if (metric.better !== "higher" || !(score - apart > NONE)) return;
    return {
      strength: ramp(score - apart, 0, FULL),
      says: `Column ${column} divides the rows into ${count(groups, "group")}: ${percent(nearest)} of the validation rows have their nearest training row in their own group (by chance ${percent(chance)}), and with whole groups held out the best baseline has ${scoreText(metric)(apart)} instead of ${scoreText(metric)(score)}.`,
      where: [column],
      values: { column, nearest, chance, score, apart },
    };
  },
});
