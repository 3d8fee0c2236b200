/** The score is far better on the training rows than on the validation rows. */

import { metricWord } from "../../data/metrics.ts";
import { defineCheck, unknown } from "../check.ts";
import { samplingError, scored } from "../scores.ts";
import { ramp } from "../words.ts";

const [NONE, FULL] = [0.05, 0.3];

export const trainGap = defineCheck({
  id: "train-gap",
  title: "The training score is far above the validation score",
  thresholds: [
    {
      of: "points between the training and the validation score, minus the sampling error",
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
      return unknown("a validation score with a maximum of 1");
    const rows = start?.rows?.validation ?? 200;
    const gap = train - validation - samplingError(validation, rows);
    if (!(gap > NONE)) return;
    return {
      strength: ramp(gap, 0, FULL),
      says: `Training ${metricWord(metric.name)} is ${scored(metric, train)}, validation ${metricWord(metric.name)} ${scored(metric, validation)}.`,
      values: { train, validation },
    };
  },
});
