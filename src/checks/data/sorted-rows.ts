/** The source is sorted by its target. */
import { defineCheck } from "../check.ts";

export const sortedRows = defineCheck({
  id: "sorted-rows",
  title: "Rows are sorted by the target",
  neutral: true,
  overview: true,
  thresholds: [{ of: "order of the rows", origin: "exact", source: "the profile finds the targets in order, or not" }],
  needs: ["profile"],
  detect({ profile }) {
    if (!profile.order.sorted) return;
    return {
      strength: 1,
      says: `The rows are sorted by the target (${profile.order.runs} groups in ${profile.rows} rows).`,
      values: { runs: profile.order.runs },
    };
  },
});
