/** Training and validation rows come from two files, which may have been prepared differently. */
import { defineCheck } from "../check.ts";

export const separateSources = defineCheck({
  id: "separate-sources",
  title: "Validation has its own source",
  neutral: true,
  thresholds: [{ of: "validation source", origin: "exact", source: "the profile tells how the parts were made" }],
  needs: ["profile"],
  detect({ profile }) {
    if (profile.split.kind !== "source") return;
    return { strength: 1, says: "The validation rows come from a source of their own." };
  },
});
