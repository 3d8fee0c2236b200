/** One column alone predicts most of the target; the strength is full where the others do not come close. */
import { defineCheck, unknown } from "../check.ts";
import { majority } from "../scores.ts";
import { percent, ramp } from "../words.ts";

const POWER = 0.8;
const [FAINT, FULL] = [0.15, 0.5];

export const strongColumn = defineCheck({
  id: "strong-column",
  title: "One column predicts most of the target",
  thresholds: [
    {
      of: "improvement over the constant baseline by the column alone, as a share of the possible improvement",
      value: POWER,
      origin: "published",
      source: "deepchecks warns from a predictive power of 0.8 (FeatureLabelCorrelation)",
    },
    {
      of: "strength where the other columns predict as much, and the lead over them at which it is 1",
      value: [FAINT, FULL],
      origin: "by hand",
      source: "where no column leaks, the others together predict nearly as much",
    },
  ],
  needs: ["singleFeature", "metric", "baselines"],
  detect({ singleFeature: { column, score, others }, metric, baselines }) {
    if (metric.better !== "higher") return;
    const chance = majority(baselines);
    if (!chance) return unknown("baselines");
    const [power, rest] = [score, others].map((value) => (value - chance.value) / Math.max(1e-12, 1 - chance.value));
    if (power < POWER) return;
    return {
      strength: Math.max(FAINT, ramp(power - Math.max(0, rest), 0, FULL)),
      says: `Column ${column} alone achieves ${percent(power)} of the possible improvement over the constant baseline (${chance.name}), all other columns together ${percent(Math.max(0, rest))}. If it is not known before the target, it is a leak.`,
      where: [column],
      values: { score, others, power },
    };
  },
});
