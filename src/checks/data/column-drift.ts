/** Columns are distributed differently in the judged rows. */
import { defineCheck } from "../check.ts";
import { list, number, ramp } from "../words.ts";

const [APART, FULL] = [0.2, 0.6];
const SOME = 0.4;

export const columnDrift = defineCheck({
  id: "column-drift",
  title: "Columns are distributed differently in validation",
  thresholds: [
    {
      of: "Kolmogorov–Smirnov distance, or Cramér's V, of a significant column",
      value: [APART, FULL],
      origin: "published",
      source: "deepchecks warns from 0.2 (FeatureDrift); a shift of Cohen's medium effect is 0.2 as well; full by hand",
    },
    {
      of: "strength of a drift of few columns",
      value: SOME,
      origin: "by hand",
      source: "one drifting column among many matters little; all of them, much",
    },
  ],
  needs: ["partDrift"],
  detect({ partDrift: { columns, of } }) {
    const far = columns.filter(({ distance }) => distance >= APART);
    if (far.length === 0) return;
    const [first] = far;
    const measure = first.kind === "category" ? "Cramér's V" : "Kolmogorov–Smirnov distance";
    return {
      strength: ramp(first.distance, 0, FULL) * Math.min(1, SOME + far.length / of),
      says: `${list(far.map(({ name }) => name))} ${far.length === 1 ? "has" : "have"} a different distribution in the validation rows (${measure} ${number(first.distance)}).`,
      where: far.map(({ name }) => name),
      values: { distance: first.distance, columns: far.length, of },
    };
  },
});
