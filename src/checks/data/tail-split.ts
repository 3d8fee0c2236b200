/** The validation rows are the last rows of the source. */
import { defineCheck } from "../check.ts";

export const tailSplit = defineCheck({
  id: "tail-split",
  title: "The last rows are the validation rows",
  thresholds: [{ of: "split", origin: "exact", source: "the profile records how the rows were split" }],
  needs: ["profile"],
  detect({ profile }) {
    if (profile.split.kind !== "tail") return;
    return { strength: 1, says: "The validation rows are the last rows of the source, without shuffling." };
  },
});
