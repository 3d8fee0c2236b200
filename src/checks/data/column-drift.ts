/** Columns are distributed differently in training and validation. */
import { defineCheck } from "../check.ts";
import { form, list, number, ramp } from "../words.ts";

const [APART, FULL] = [0.2, 0.6];
const SOME = 0.4;

export const columnDrift = defineCheck({
  id: "column-drift",
  title: "Columns are distributed differently in training and validation",
  thresholds: [
    {
      of: "Kolmogorov–Smirnov distance, or Cramér's V, of a significant column",
      value: [APART, FULL],
      origin: "published",
      source: "deepchecks warns from 0.2 (FeatureDrift); a shift of Cohen's medium effect is 0.2 as well; full by hand",
    },
    {
      of: "strength where few columns drift",
      value: SOME,
      origin: "by hand",
      source: "one drifting column among many matters little, all of them matter much",
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
      says: `${form(far.length, "Column", "Columns")} ${list(far.map(({ name }) => name))} ${form(far.length, "is", "are")} distributed differently in the training and validation rows (${form(far.length, "", "largest ")}${measure}: ${number(first.distance)}).`,
      where: far.map(({ name }) => name),
      values: { distance: first.distance, columns: far.length, of },
    };
  },
});
