/** The score cannot be read for this task. */
import { defineCheck } from "../check.ts";
import { outputUnits } from "../facts.ts";

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
  title: "The metric does not fit the task",
  thresholds: [
    {
      of: "strength of distances for classes",
      value: DISTANCES,
      origin: "by hand",
      source: "distances still fall when classes are found; the other mismatches cannot be read at all",
    },
  ],
  needs: ["metric", "task"],
  also: ["network", "start.layers"],
  detect({ metric: { name }, task, network, start }) {
    if (task === "regression" && OF_CLASSES.has(name))
      return {
        strength: 1,
        says: `${name} counts exact matches, which means nothing for a regression.`,
        values: { name, task },
      };
    if ((task === "classification" || task === "multilabel") && OF_NUMBERS.has(name))
      return {
        strength: DISTANCES,
        says: `${name} measures distances between numbers; the targets are classes.`,
        values: { name, task },
      };
    const units = outputUnits({ network, task, start });
    if (task === "classification" && name === "binaryAccuracy" && units !== undefined && units > 2)
      return {
        strength: 1,
        says: `binaryAccuracy counts the zeros of one-hot rows: with ${units} classes, predicting none of them already gives ${Math.round(100 * (1 - 1 / units))} %.`,
        values: { name, units },
      };
  },
});
