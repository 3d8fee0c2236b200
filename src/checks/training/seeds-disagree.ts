/** The same plan ends at very different scores from seed to seed. */
import { scoreName } from "../../data/metrics.ts";
import { largest, smallest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { scoreText } from "../scores.ts";
import { finite } from "../series.ts";
import { ramp } from "../words.ts";

const [NONE, FULL] = [0.1, 0.5];

export const seedsDisagree = defineCheck({
  id: "seeds-disagree",
  title: "Seeds end at very different scores",
  thresholds: [
    {
      of: "points between the best and the worst seed",
      value: [NONE, FULL],
      origin: "by hand",
      source: "a tenth is more than sampling on a hundred rows; half means that some seeds do not train at all",
    },
  ],
  needs: ["scores", "metric"],
  detect({ scores, metric }) {
    if (scores.length < 3 || metric.better !== "higher")
      return unknown("at least three seeds of a score that ends at 1");
    const known = finite(scores).map((score) => Math.max(-1, score));
    if (known.length < 2) return;
    const range = largest(known) - smallest(known);
    if (range <= NONE) return;
    return {
      strength: ramp(range, NONE / 2, FULL),
      says: `Over ${scores.length} seeds, ${scoreName(metric)} ends between ${scoreText(metric)(smallest(scores.filter(Number.isFinite)))} and ${scoreText(metric)(largest(known))}.`,
      values: { range, seeds: scores.length },
    };
  },
});
