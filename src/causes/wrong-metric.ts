/** The metric means nothing for this task. */
import { scoreAsClasses, scoreAsRegression } from "../remedies/rows.ts";
import { defineCause, sentences } from "./cause.ts";

export const wrongMetric = defineCause({
  id: "wrong-metric",
  class: "metric",
  title: "The metric does not match the task",
  stage: "training",
  short: "the metric does not match the task",
  prior: -3.44,
  fitted: true,
  signs: { "metric-mismatch": [8.17, -7] },
  means: "misleading",
  proof: "evidence",
  evident: (seen) => (seen["metric-mismatch"]?.strength ?? 0) >= 0.9,
  says: (seen) => sentences(seen, "metric-mismatch") || "The metric may not match the task.",
  remedies: [scoreAsRegression, scoreAsClasses],
  probes: [],
});
