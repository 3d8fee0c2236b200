/** The metric has no meaning for this task. */

import { metricWord } from "../../data/metrics.ts";
import { defineCheck } from "../check.ts";
import { outputUnits } from "../facts.ts";

import { capital, percent } from "../words.ts";

const DISTANCES = 0.6;
const OF_CLASSES = new Set([
  "accuracy",
  "balancedAccuracy",
  "binaryAccuracy",
  "auc",
  "f1",
  "topKAccuracy",
  "exactMatch",
]);
const OF_NUMBERS = new Set(["r2", "mae", "mse", "rmse"]);

export const metricMismatch = defineCheck({
  id: "metric-mismatch",
  title: "The metric does not match the task",
  thresholds: [
    {
      of: "strength of a regression metric for classes",
      value: DISTANCES,
      origin: "by hand",
      source: "errors still fall when predictions improve; the other mismatches have no meaning at all",
    },
  ],
  needs: ["metric", "task"],
  also: ["network", "start.layers"],
  detect({ metric: { name }, task, network, start }) {
    if (task === "regression" && OF_CLASSES.has(name))
      return {
        strength: 1,
        says: `${capital(metricWord(name))} is a classification metric, but the targets are numbers.`,
        values: { name, task },
      };
    if ((task === "classification" || task === "multilabel") && OF_NUMBERS.has(name))
      return {
        strength: DISTANCES,
        says: `${capital(metricWord(name))} is a regression metric, but the targets are classes.`,
        values: { name, task },
      };
    const units = outputUnits({ network, task, start });
    if (task === "classification" && name === "binaryAccuracy" && units !== undefined && units > 2)
      return {
        strength: 1,
        says: `binaryAccuracy evaluates each of the ${units} outputs separately: predicting no class at all already reaches ${percent(1 - 1 / units)}.`,
        values: { name, units },
      };
  },
});
