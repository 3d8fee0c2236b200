/** No simple predictor finds any signal in the inputs. */
import { defineCheck, unknown } from "../check.ts";
import { majority, samplingError, scoreText } from "../scores.ts";

const ERRORS = 2;
const [PLAIN, WEAK] = [30, 0.5];

export const baselinesAtChance = defineCheck({
  id: "baselines-at-chance",
  title: "Simple predictors are no better than chance",
  thresholds: [
    {
      of: "standard errors above the constant answer",
      value: ERRORS,
      origin: "derived",
      source: "two standard errors of a share or an r² judged on that many rows",
    },
    {
      of: "judged rows from which it is plain, and its strength below",
      value: [PLAIN, WEAK],
      origin: "by hand",
      source: "below, two standard errors are wider than most signals",
    },
  ],
  needs: ["baselines", "metric", "profile"],
  detect({ baselines, metric, profile }) {
    const chance = majority(baselines);
    const clever = baselines.filter((one) => one !== chance);
    if (!chance || clever.length === 0) return unknown("baselines");
    if (metric.better !== "higher") return unknown("a score that ends at 1");
    const best = clever.reduce((a, b) => (b.value > a.value ? b : a));
    const rows = Math.max(1, metric.split === "validation" ? profile.split.validation : profile.split.train);
    if (best.value - chance.value > ERRORS * samplingError(chance.value, rows)) return;
    return {
      strength: rows >= PLAIN ? 1 : WEAK,
      says: `The best baseline that sees the inputs (${best.name}) has ${scoreText(metric)(best.value)}, the one that does not (${chance.name}) ${scoreText(metric)(chance.value)}.`,
      values: { best: best.value, chance: chance.value, rows },
      ...(rows >= PLAIN && { limit: { noSignal: true } }),
    };
  },
});
