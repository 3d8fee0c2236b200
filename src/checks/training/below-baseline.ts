/** A simple predictor does better than the network. */
import { scoreName } from "../../data/metrics.ts";
import { defineCheck, unknown } from "../check.ts";
import { bestBaseline, finalScore, scoreText } from "../scores.ts";
import { capital, ramp } from "../words.ts";

const [NONE, FULL] = [0.02, 0.2];

export const belowBaseline = defineCheck({
  id: "below-baseline",
  title: "A simple predictor does better",
  // There is something to find, so it speaks for every cause a little. Chosen by hand.
  everywhere: 0.7,
  thresholds: [
    {
      of: "points of the score",
      value: [NONE, FULL],
      origin: "derived",
      source: "within 3 points the two are equal: a gain worth having begins there",
    },
  ],
  needs: ["baselines", "metric"],
  also: ["scores", "epochs"],
  detect({ baselines, metric, scores, epochs }) {
    const best = bestBaseline(baselines, metric.better);
    const score = finalScore({ scores, epochs });
    if (!best || score === undefined) return unknown("baselines", "scores");
    const gap = Number.isNaN(score)
      ? 1
      : metric.better === "higher"
        ? best.value - score
        : (score - best.value) / Math.max(Math.abs(score), 1e-12);
    if (!(gap > NONE)) return;
    return {
      strength: ramp(gap, 0, FULL),
      says: `${capital(scoreName(metric))} is ${scoreText(metric)(score)} for the network and ${scoreText(metric)(best.value)} for the baseline (${best.name}).`,
      values: { score, baseline: best.value, name: best.name },
    };
  },
});
