/** The score falls when rows that are repeated are left out. */
import { scoreName } from "../../data/metrics.ts";
import { defineCheck } from "../check.ts";
import { scoreText } from "../scores.ts";
import { number, ramp } from "../words.ts";

const [NONE, FULL] = [0.03, 0.15];

export const copiesFlatter = defineCheck({
  id: "copies-flatter",
  title: "The score falls without repeated rows",
  thresholds: [
    {
      of: "points of the score",
      value: [NONE, FULL],
      origin: "derived",
      source: "as much as a gain must be to be worth having",
    },
  ],
  needs: ["withoutCopies", "metric"],
  detect({ withoutCopies: { score, rows, plain }, metric }) {
    const fall = metric.better === "higher" ? plain - score : (score - plain) / Math.max(Math.abs(plain), 1e-12);
    if (!(fall > NONE)) return;
    return {
      strength: ramp(fall, 0, FULL),
      says: `Without repeated rows (${number(rows)} are left), ${scoreName(metric)} is ${scoreText(metric)(score)} instead of ${scoreText(metric)(plain)}.`,
      values: { score, plain, rows },
    };
  },
});
