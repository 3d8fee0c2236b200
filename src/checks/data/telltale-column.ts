/** One column alone predicts the target, and the others do not come near. */
import { defineCheck } from "../check.ts";
import { percent, ramp } from "../words.ts";

export const telltaleColumn = defineCheck({
  id: "telltale-column",
  title: "One column gives the target away",
  needs: ["singleFeature", "metric"],
  detect({ singleFeature: { column, score, others }, metric }) {
    // deepchecks flags a feature from a predictive power of 0.8; a column that truly is the target comes near 1.
    if (metric.better !== "higher" || score < 0.98 || score - others < 0.1) return;
    return {
      strength: ramp(score - others, 0, 0.3),
      says: `Column ${column} alone reaches ${percent(score)}, all others together ${percent(others)}.`,
      where: [column],
      values: { score, others },
    };
  },
});
