/** A baseline does better than the network. */

import { scoreName } from "../../data/metrics.ts";
import { defineCheck, unknown } from "../check.ts";
import { bestBaseline, finalScore, overSeeds, scored } from "../scores.ts";
import { ramp } from "../words.ts";

const [NONE, FULL] = [0.02, 0.2];

export const belowBaseline = defineCheck({
  id: "below-baseline",
  title: "A baseline does better",
  // The baseline shows that there is something to learn, so it speaks a little for every cause. Chosen by hand.
  everywhere: 0.7,
  thresholds: [
    {
      of: "points by which the baseline leads",
      value: [NONE, FULL],
      origin: "derived",
      source: "within 3 points the two are equal: a gain counts as an improvement from there",
    },
  ],
  needs: ["baselines", "metric"],
  also: ["scores", "epochs", "end"],
  detect({ baselines, metric, scores, epochs, end }) {
    const best = bestBaseline(baselines, metric.better);
    const score = finalScore({ scores, epochs });
    if (!best || score === undefined) return unknown("baselines", "scores");
    const gap = Number.isNaN(score)
      ? 1
      : metric.better === "higher"
        ? best.value - score
        : (score - best.value) / Math.max(Math.abs(score), 1e-12);
    if (!(gap > NONE)) return;
    // Weights of NaN have a score as well: that of the class which is predicted for every row.
    const after = end?.reason === "diverged" ? "After training that ends in NaN, the" : "The";
    const reached = Number.isNaN(score)
      ? `The ${scoreName(metric)} of the network is NaN`
      : `${after} network reaches a ${scoreName(metric)} of ${scored(metric, score)}${overSeeds(scores)}`;
    return {
      strength: ramp(gap, 0, FULL),
      says: `${reached}; a baseline (${best.name}) reaches ${scored(metric, best.value)}.`,
      values: { score, baseline: best.value, name: best.name },
    };
  },
});
