/** The score leaves hardly anything to gain, or is beyond what simple predictors reach. */
import { scoreName } from "../../data/metrics.ts";
import { defineCheck, unknown } from "../check.ts";
import { bestBaseline, finalScore, majority, scoreText } from "../scores.ts";
import { capital, ramp } from "../words.ts";

const TOP = 0.98;
const [LEVEL, ABOVE, FULL, SIGNAL] = [0.3, 0.4, 0.1, 0.02];

export const noRoom = defineCheck({
  id: "no-room",
  title: "The score leaves little to gain",
  neutral: true,
  // It speaks against every cause that would show in the score. Chosen by hand.
  everywhere: -3,
  thresholds: [
    {
      of: "score",
      value: TOP,
      origin: "derived",
      source:
        "a gain worth having is 15 % of what is missing, at most 0.03: above, no trial of a few seeds can show it",
    },
    {
      of: "strength at the level of the best simple predictor, and what is added well above",
      value: [LEVEL, ABOVE],
      origin: "by hand",
      source: "at that level a network has perhaps found what there is, well above probably",
    },
    { of: "points above the simple predictor", value: [0, FULL], origin: "by hand", source: "as above" },
    {
      of: "points of the simple predictor above chance",
      value: SIGNAL,
      origin: "by hand",
      source: "one that finds nothing sets no level",
    },
  ],
  needs: ["metric"],
  also: ["scores", "epochs", "baselines"],
  detect({ metric, scores, epochs, baselines }) {
    if (metric.better !== "higher") return unknown("a score that ends at 1");
    const score = finalScore({ scores, epochs });
    if (score === undefined) return unknown("scores");
    if (score >= TOP)
      return {
        strength: 1,
        says: `${capital(scoreName(metric))} is ${scoreText(metric)(score)}.`,
        values: { score },
      };
    const best = baselines && bestBaseline(baselines, metric.better);
    const chance = baselines && majority(baselines);
    if (!best || !(score >= best.value) || !(best.value > (chance?.value ?? 0) + SIGNAL)) return;
    return {
      strength: LEVEL + ABOVE * ramp(score - best.value, 0, FULL),
      says: `${capital(scoreName(metric))} is ${scoreText(metric)(score)}, not below the best baseline (${best.name}, ${scoreText(metric)(best.value)}).`,
      values: { score, baseline: best.value },
    };
  },
});
