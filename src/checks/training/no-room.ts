/** The score leaves little room for improvement, or is above what baselines reach. */

import { scoreName } from "../../data/metrics.ts";
import { defineCheck, unknown } from "../check.ts";
import { bestBaseline, finalScore, majority, overSeeds, scored } from "../scores.ts";
import { capital, ramp } from "../words.ts";

const TOP = 0.98;
const [LEVEL, ABOVE, FULL, SIGNAL] = [0.3, 0.4, 0.1, 0.02];

export const noRoom = defineCheck({
  id: "no-room",
  title: "The score leaves little room for improvement",
  neutral: true,
  // It speaks against every cause that would affect the score. Chosen by hand.
  everywhere: -3,
  thresholds: [
    {
      of: "score",
      value: TOP,
      origin: "derived",
      source:
        "a gain counts as an improvement from 15 % of what is missing, at most 0.03; above this score, no trial of a few seeds can show it",
    },
    {
      of: "strength at the level of the best baseline, and what is added well above it",
      value: [LEVEL, ABOVE],
      origin: "by hand",
      source: "at that level a network has possibly learned what there is to learn, well above it probably",
    },
    { of: "points above the best baseline", value: [0, FULL], origin: "by hand", source: "as above" },
    {
      of: "points of the best baseline above chance",
      value: SIGNAL,
      origin: "by hand",
      source: "a baseline that finds nothing sets no level",
    },
  ],
  needs: ["metric"],
  also: ["scores", "epochs", "baselines"],
  detect({ metric, scores, epochs, baselines }) {
    if (metric.better !== "higher") return unknown("a score with a maximum of 1");
    const score = finalScore({ scores, epochs });
    if (score === undefined) return unknown("scores");
    const reached = `${capital(scoreName(metric))} is ${scored(metric, score)}${overSeeds(scores)}`;
    if (score >= TOP) return { strength: 1, says: `${reached}.`, values: { score } };
    const best = baselines && bestBaseline(baselines, metric.better);
    const chance = baselines && majority(baselines);
    if (!best || !(score >= best.value) || !(best.value > (chance?.value ?? 0) + SIGNAL)) return;
    return {
      strength: LEVEL + ABOVE * ramp(score - best.value, 0, FULL),
      says: `${reached}, not below the best baseline (${best.name}, ${scored(metric, best.value)}).`,
      values: { score, baseline: best.value },
    };
  },
});
