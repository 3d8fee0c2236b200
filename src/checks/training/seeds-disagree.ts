/** The final score of the plan differs greatly from seed to seed. */

import { scoreName } from "../../data/metrics.ts";
import { largest, smallest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { scored } from "../scores.ts";
import { finite } from "../series.ts";
import { count, ramp } from "../words.ts";

const [NONE, FULL] = [0.1, 0.5];

export const seedsDisagree = defineCheck({
  id: "seeds-disagree",
  title: "The score differs greatly between seeds",
  thresholds: [
    {
      of: "points between the best and the worst seed",
      value: [NONE, FULL],
      origin: "by hand",
      source:
        "a tenth is more than the sampling error on a hundred rows; half means that some seeds do not learn at all",
    },
  ],
  needs: ["scores", "metric"],
  detect({ scores, metric }) {
    if (scores.length < 3 || metric.better !== "higher")
      return unknown("at least three seeds of a score with a maximum of 1");
    const known = finite(scores).map((score) => Math.max(-1, score));
    if (known.length < 2) return;
    const range = largest(known) - smallest(known);
    if (range <= NONE) return;
    const ends = [smallest(finite(scores)), largest(known)].map((score) => scored(metric, score));
    const broken = scores.length - known.length;
    const also = broken > 0 ? `; ${count(broken, "seed")} ended in NaN` : "";
    return {
      strength: ramp(range, NONE / 2, FULL),
      says: `With ${count(known.length, "seed")}, ${scoreName(metric)} ranges from ${ends.join(" to ")}${also}.`,
      values: { range, seeds: scores.length },
    };
  },
});
