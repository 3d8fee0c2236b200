/** Far more parameters than training rows. */
import { defineCheck } from "../check.ts";
import { count, logRamp } from "../words.ts";

const [NONE, FULL] = [20, 500];

export const manyParameters = defineCheck({
  id: "many-parameters",
  title: "Far more parameters than rows",
  thresholds: [
    {
      of: "parameters by training rows",
      value: [NONE, FULL],
      origin: "by hand",
      source: "dozens of parameters per row are usual in healthy networks; it counts only beside overfitting",
    },
  ],
  needs: ["start.parameters", "start.rows.train"],
  detect({ start }) {
    const ratio = start.parameters / Math.max(1, start.rows.train);
    const strength = logRamp(Math.max(ratio, 1e-12), NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says: `The network has ${count(start.parameters, "parameter")} for ${count(start.rows.train, "training row")}.`,
      values: { ratio },
    };
  },
});
