/** Training and validation rows come from two files, which may have been prepared differently. */
import { defineCheck } from "../check.ts";

export const separateSources = defineCheck({
  id: "separate-sources",
  title: "Validation has its own source",
  neutral: true,
  thresholds: [{ of: "validation source", origin: "exact", source: "the plan says so" }],
  needs: ["plan"],
  detect({ plan }) {
    const { validation } = plan.data;
    if (!validation || !("source" in validation)) return;
    return { strength: 1, says: "The validation rows come from a source of their own." };
  },
});
