/** The score falls when duplicate rows are left out. */

import { scoreName } from "../../data/metrics.ts";
import { defineCheck } from "../check.ts";
import { meanOf, scored } from "../scores.ts";
import { count, form, ramp } from "../words.ts";

const [NONE, FULL] = [0.03, 0.15];

export const copiesFlatter = defineCheck({
  id: "copies-flatter",
  title: "The score falls without duplicate rows",
  thresholds: [
    {
      of: "points by which the score falls",
      value: [NONE, FULL],
      origin: "derived",
      source: "as much as a gain must be to count as an improvement",
    },
  ],
  needs: ["withoutCopies", "metric"],
  detect({ withoutCopies: { score, rows, plain, seeds }, metric }) {
    const fall = metric.better === "higher" ? plain - score : (score - plain) / Math.max(Math.abs(plain), 1e-12);
    if (!(fall > NONE)) return;
    return {
      strength: ramp(fall, 0, FULL),
      says: `Without duplicate rows (${count(rows, "row")} ${form(rows, "remains", "remain")}), ${scoreName(metric)} is ${scored(metric, score)} instead of ${scored(metric, plain)}${meanOf(seeds)}.`,
      values: { score, plain, rows },
    };
  },
});
