/** One column alone predicts the target, and the others do not come near. */
import { defineCheck } from "../check.ts";
import { percent, ramp } from "../words.ts";

const ALONE = 0.98;
const [MORE, FULL] = [0.1, 0.3];

export const telltaleColumn = defineCheck({
  id: "telltale-column",
  title: "One column gives the target away",
  thresholds: [
    {
      of: "score of the column alone",
      value: ALONE,
      origin: "published",
      source: "deepchecks flags a predictive power of 0.8; a column that truly is the target comes near 1",
    },
    {
      of: "points more than all other columns together",
      value: [MORE, FULL],
      origin: "by hand",
      source: "a strong honest feature is not far ahead of all the others",
    },
  ],
  needs: ["singleFeature", "metric"],
  detect({ singleFeature: { column, score, others }, metric }) {
    if (metric.better !== "higher" || score < ALONE || score - others < MORE) return;
    return {
      strength: ramp(score - others, 0, FULL),
      says: `A baseline on column ${column} alone has a score of ${percent(score)}, on all other columns together ${percent(others)}.`,
      where: [column],
      values: { score, others },
    };
  },
});
