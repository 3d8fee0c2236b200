/** No baseline finds a signal in the inputs. */

import { scoreName } from "../../data/metrics.ts";
import { defineCheck, unknown } from "../check.ts";
import { majority, samplingError, scored } from "../scores.ts";
import { capital } from "../words.ts";

const ERRORS = 2;
const [PLAIN, WEAK] = [30, 0.5];

export const baselinesAtChance = defineCheck({
  id: "baselines-at-chance",
  title: "No baseline is better than chance",
  thresholds: [
    {
      of: "standard errors above the constant baseline",
      value: ERRORS,
      origin: "derived",
      source: "two standard errors of a share or an R² evaluated on that many rows",
    },
    {
      of: "evaluated rows from which the strength is 1, and the strength with fewer",
      value: [PLAIN, WEAK],
      origin: "by hand",
      source: "with fewer rows, two standard errors are wider than most signals",
    },
  ],
  needs: ["baselines", "metric", "profile"],
  detect({ baselines, metric, profile }) {
    const chance = majority(baselines);
    const others = baselines.filter((one) => one !== chance);
    if (!chance || others.length === 0) return unknown("baselines");
    if (metric.better !== "higher") return unknown("a score with a maximum of 1");
    const best = others.reduce((a, b) => (b.value > a.value ? b : a));
    const rows = Math.max(1, metric.split === "validation" ? profile.split.validation : profile.split.train);
    if (best.value - chance.value > ERRORS * samplingError(chance.value, rows)) return;
    return {
      strength: rows >= PLAIN ? 1 : WEAK,
      says: `No baseline is clearly better than a constant prediction. ${capital(scoreName(metric))} is ${scored(metric, best.value)} for the best (${best.name}) and ${scored(metric, chance.value)} for the constant (${chance.name}).`,
      values: { best: best.value, chance: chance.value, rows },
      ...(rows >= PLAIN && { limit: { noSignal: true } }),
    };
  },
});
