/** The score leaves hardly anything to gain, or is beyond what simple predictors reach. */
import { defineCheck, unknown } from "../check.ts";
import { bestBaseline, finalScore, majority } from "../scores.ts";
import { number, ramp } from "../words.ts";

// A gain worth having is 15 % of what is missing, at most 0.03: above 0.98 no trial of a few seeds can show it.
const TOP = 0.98;
// A network at the level of the best simple predictor has perhaps found what there is, one well above it probably. Chosen by hand.
const [LEVEL, ABOVE, FULL] = [0.3, 0.4, 0.1];

export const noRoom = defineCheck({
  id: "no-room",
  title: "The score leaves little to gain",
  needs: ["metric"],
  also: ["scores", "epochs", "baselines"],
  detect({ metric, scores, epochs, baselines }) {
    if (metric.better !== "higher") return unknown("a score that ends at 1");
    if (!scores && !epochs) return unknown("scores");
    const score = finalScore({ scores, epochs });
    if (score >= TOP) return { strength: 1, says: `The score is ${number(score)}.`, values: { score } };
    const best = baselines && bestBaseline(baselines, metric.better);
    const chance = baselines && majority(baselines);
    if (!best || !(score >= best.value) || !(best.value > (chance?.value ?? 0) + 0.02)) return;
    return {
      strength: LEVEL + ABOVE * ramp(score - best.value, 0, FULL),
      says: `The score of ${number(score)} is not below the best simple predictor (${best.name}, ${number(best.value)}).`,
      values: { score, baseline: best.value },
    };
  },
});
