/** The score counts rows, not classes: a rare class hardly shows in it. */
import { metricWord } from "../../data/metrics.ts";
import { defineCheck } from "../check.ts";
import { ofRows } from "../scores.ts";
import { capital } from "../words.ts";

export const countsRows = defineCheck({
  id: "counts-rows",
  title: "The score counts rows, not classes",
  neutral: true,
  thresholds: [{ of: "metric", origin: "exact", source: "the name of the metric" }],
  needs: ["metric", "task"],
  detect({ metric, task }) {
    if (task === "sequence" || task === "regression" || !ofRows(metric)) return;
    return {
      strength: 1,
      says: `${capital(metricWord(metric.name))} weights every row equally, so a rare class hardly shows in it.`,
      values: { name: metric.name },
    };
  },
});
