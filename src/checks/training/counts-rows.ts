/** The metric counts rows, not classes: a rare class hardly affects it. */

import { metricWord } from "../../data/metrics.ts";
import { defineCheck } from "../check.ts";
import { ofRows } from "../scores.ts";
import { capital } from "../words.ts";

export const countsRows = defineCheck({
  id: "counts-rows",
  title: "The metric counts rows, not classes",
  neutral: true,
  thresholds: [{ of: "metric", origin: "exact", source: "the name of the metric" }],
  needs: ["metric", "task"],
  detect({ metric, task }) {
    if (task === "sequence" || !ofRows(metric)) return;
    const effect = task === "regression" ? "" : ", so a rare class hardly affects it";
    return {
      strength: 1,
      says: `${capital(metricWord(metric.name))} gives every row the same weight${effect}.`,
      values: { name: metric.name },
    };
  },
});
