/** One column alone predicts the target, and the others do not come close. */

import { scoreName } from "../../data/metrics.ts";
import { defineCheck } from "../check.ts";
import { scored } from "../scores.ts";
import { ramp } from "../words.ts";

const ALONE = 0.98;
const [MORE, FULL] = [0.1, 0.3];

export const telltaleColumn = defineCheck({
  id: "telltale-column",
  title: "One column alone predicts the target",
  thresholds: [
    {
      of: "score of the column alone",
      value: ALONE,
      origin: "published",
      source: "deepchecks flags a predictive power of 0.8; a column that really is the target comes close to 1",
    },
    {
      of: "points above all other columns together",
      value: [MORE, FULL],
      origin: "by hand",
      source: "a strong feature that is no leak is not far ahead of all the others",
    },
  ],
  needs: ["singleFeature", "metric"],
  detect({ singleFeature: { column, score, others }, metric }) {
    if (metric.better !== "higher" || score < ALONE || score - others < MORE) return;
    return {
      strength: ramp(score - others, 0, FULL),
      says: `Column ${column} alone reaches a ${scoreName(metric)} of ${scored(metric, score)}, all other columns together ${scored(metric, others)}.`,
      where: [column],
      values: { score, others },
    };
  },
});
