/** The score still rises with the number of training rows. */
import { defineCheck, unknown } from "../check.ts";
import { count, number, ramp } from "../words.ts";

const [NONE, FULL] = [0.02, 0.1]; // gain of the last doubling, in points; chosen by hand

export const moreRowsHelp = defineCheck({
  id: "more-rows-help",
  title: "The score still rises with the training rows",
  needs: ["learningCurve", "metric"],
  detect({ learningCurve, metric }) {
    const curve = [...learningCurve].sort((a, b) => a.share - b.share);
    if (curve.length < 3 || metric.better !== "higher") return unknown("three points of a score that ends at 1");
    const [before, last] = curve.slice(-2);
    const gain = (last.score - before.score) / Math.max(0.3, Math.log2(last.share / before.share));
    const rising = curve.every((point, i) => i === 0 || point.score >= curve[i - 1].score - 0.01);
    if (!rising || gain <= NONE) return;
    return {
      strength: ramp(gain, 0, FULL),
      says: `${count(before.rows, "training row")} give ${number(before.score)}, ${number(last.rows)} give ${number(last.score)}.`,
      values: { gain },
    };
  },
});
