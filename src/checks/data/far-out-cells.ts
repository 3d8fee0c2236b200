/** A few cells lie so far out that they make most of the spread of their column. */
import { defineCheck } from "../check.ts";
import { list, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.8, 0.99];
const MOST = 0.05;

export const farOutCells = defineCheck({
  id: "far-out-cells",
  title: "A few cells make most of a column's spread",
  thresholds: [
    {
      of: "share of the variance beyond Tukey's outer fences",
      value: [NONE, FULL],
      origin: "measured",
      source:
        "outer fences: Tukey 1977; where so few cells are far out, at most 0.56 on ten clean real data sets (docs/audit.md)",
    },
    {
      of: "share of the cells that are far out",
      value: MOST,
      origin: "by hand",
      source: "more of them are a long tail, not a few slips",
    },
  ],
  needs: ["columnFacts"],
  detect({ columnFacts: { columns } }) {
    const found = columns.filter(({ far, held }) => far > 0 && far <= MOST && held > NONE);
    if (found.length === 0) return;
    const worst = found.reduce((a, b) => (b.held > a.held ? b : a));
    return {
      strength: ramp(worst.held, NONE / 2, FULL),
      says: `${percent(worst.far)} of the values of ${list(found.map(({ name }) => name))} are outliers that make up ${percent(worst.held)} of the variance: after scaling, the other values hardly differ.`,
      where: found.map(({ name }) => name),
      values: { far: worst.far, held: worst.held, columns: found.length },
    };
  },
});
