/** No simple predictor finds any signal in the inputs. */
import { defineCheck, unknown } from "../check.ts";
import { majority } from "../scores.ts";
import { number } from "../words.ts";

// Two standard errors of a share or an r² judged on n rows.
const ERRORS = 2;

export const baselinesAtChance = defineCheck({
  id: "baselines-at-chance",
  title: "Simple predictors are no better than chance",
  needs: ["baselines", "metric", "profile"],
  detect({ baselines, metric, profile }) {
    const chance = majority(baselines);
    const clever = baselines.filter((one) => one !== chance);
    if (!chance || clever.length === 0) return unknown("baselines");
    if (metric.better !== "higher") return unknown("a score that ends at 1");
    const best = clever.reduce((a, b) => (b.value > a.value ? b : a));
    const rows = Math.max(1, metric.split === "validation" ? profile.split.validation : profile.split.train);
    const spread = Math.sqrt(Math.max(0.02, Math.min(0.25, chance.value * (1 - chance.value))) / rows);
    if (best.value - chance.value > ERRORS * spread) return;
    return {
      strength: rows >= 30 ? 1 : 0.5,
      says: `The best simple predictor (${best.name}) reaches ${number(best.value)}, the constant answer (${chance.name}) ${number(chance.value)}.`,
      values: { best: best.value, chance: chance.value, rows },
    };
  },
});
