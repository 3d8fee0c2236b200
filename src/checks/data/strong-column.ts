/** One column alone tells most of the target: plainly where the others do not come near. */
import { defineCheck, unknown } from "../check.ts";
import { majority } from "../scores.ts";
import { percent, ramp } from "../words.ts";

const POWER = 0.8;
const [FAINT, FULL] = [0.15, 0.5];

export const strongColumn = defineCheck({
  id: "strong-column",
  title: "One column tells most of the target",
  thresholds: [
    {
      of: "what the column alone tells beyond the constant answer, of what is to tell",
      value: POWER,
      origin: "published",
      source: "deepchecks warns from a predictive power of 0.8 (FeatureLabelCorrelation)",
    },
    {
      of: "strength where the other columns tell as much, and how much more than they is full",
      value: [FAINT, FULL],
      origin: "by hand",
      source: "of honest features the others together tell nearly as much",
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
      says: `Column ${column} alone explains ${percent(power)} of the target, all other columns together ${percent(Math.max(0, rest))}: is it known before the target is?`,
      where: [column],
      values: { score, others, power },
    };
  },
});
