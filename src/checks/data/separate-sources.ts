/** Training and validation rows come from separate files, which may have been prepared differently. */
import { defineCheck } from "../check.ts";

export const separateSources = defineCheck({
  id: "separate-sources",
  title: "The validation rows come from a separate source",
  neutral: true,
  thresholds: [{ of: "validation source", origin: "exact", source: "the profile records how the rows were split" }],
  needs: ["profile"],
  detect({ profile }) {
    if (profile.split.kind !== "source") return;
    return { strength: 1, says: "The validation rows come from a separate source." };
  },
});
