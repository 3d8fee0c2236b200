/** The source is sorted by its target. */
import { defineCheck } from "../check.ts";
import { count } from "../words.ts";

export const sortedRows = defineCheck({
  id: "sorted-rows",
  title: "Rows are sorted by the target",
  neutral: true,
  overview: true,
  thresholds: [{ of: "order of the rows", origin: "exact", source: "the targets are sorted, or they are not" }],
  needs: ["profile"],
  detect({ profile }) {
    if (!profile.order.sorted) return;
    const changes =
      profile.target.kind === "classes"
        ? `the class changes only ${count(profile.order.runs - 1, "time")}`
        : "the targets rise, or fall, almost without exception";
    return {
      strength: 1,
      says: `The rows are sorted by target: ${changes} in ${count(profile.split.train, "training row")}.`,
      values: { runs: profile.order.runs },
    };
  },
});
