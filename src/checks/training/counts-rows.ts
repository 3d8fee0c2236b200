/** The score counts rows, not classes: a rare class hardly shows in it. */
import { defineCheck } from "../check.ts";

export const countsRows = defineCheck({
  id: "counts-rows",
  title: "The score counts rows, not classes",
  needs: ["metric", "task"],
  detect({ metric, task }) {
    if (task === "sequence") return;
    if (metric.name !== "accuracy" && metric.name !== "topKAccuracy" && metric.name !== "loss") return;
    return {
      strength: 1,
      says: `${metric.name} counts rows: a rare class hardly shows in it.`,
      values: { name: metric.name },
    };
  },
});
