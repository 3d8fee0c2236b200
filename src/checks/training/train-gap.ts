/** The training rows are scored far better than the validation rows. */
import { metricWord } from "../../data/metrics.ts";
import { defineCheck, unknown } from "../check.ts";
import { samplingError, scoreText } from "../scores.ts";
import { ramp } from "../words.ts";

const [NONE, FULL] = [0.05, 0.3];

export const trainGap = defineCheck({
  id: "train-gap",
  title: "Training rows are scored far better",
  thresholds: [
    {
      of: "points between training and validation rows, less the sampling error",
      value: [NONE, FULL],
      origin: "published",
      source: "AUTOTRAINER, DeepFD and DEFault: 0.1",
    },
  ],
  needs: ["epochs", "metric"],
  also: ["start.rows.validation"],
  detect({ epochs, metric, start }) {
    const last = epochs.at(-1);
    const [train, validation] = [last?.train?.score, last?.validation?.score];
    if (train === undefined || validation === undefined || metric.better !== "higher")
      return unknown("a validation score that ends at 1");
    const rows = start?.rows?.validation ?? 200;
    const spread = samplingError(validation, rows);
    const gap = train - validation - spread;
    if (!(gap > NONE)) return;
    return {
      strength: ramp(gap, 0, FULL),
      says: `Training ${metricWord(metric.name)} is ${scoreText(metric)(train)}, validation ${metricWord(metric.name)} only ${scoreText(metric)(validation)}.`,
      values: { train, validation },
    };
  },
});
