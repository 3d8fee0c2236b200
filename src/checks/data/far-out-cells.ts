/** A few outliers account for most of the variance of their column. */
import { defineCheck } from "../check.ts";
import { list, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.8, 0.99];
const MOST = 0.05;

export const farOutCells = defineCheck({
  id: "far-out-cells",
  title: "A few outliers dominate a column's variance",
  thresholds: [
    {
      of: "share of the variance due to values beyond Tukey's outer fences",
      value: [NONE, FULL],
      origin: "measured",
      source:
        "outer fences: Tukey 1977; where so few values are outliers, at most 0.56 on ten clean real data sets (docs/audit.md)",
    },
    {
      of: "share of the values that are outliers",
      value: MOST,
      origin: "by hand",
      source: "more of them are a long tail, not a few mistakes",
    },
  ],
  needs: ["columnFacts"],
  detect({ columnFacts: { columns } }) {
    const found = columns.filter(({ far, held }) => far > 0 && far <= MOST && held > NONE);
    if (found.length === 0) return;
    const worst = found.reduce((a, b) => (b.held > a.held ? b : a));
    const others = found.filter((one) => one !== worst).map(({ name }) => name);
    const also = others.length > 0 ? ` The same is true of ${list(others)}.` : "";
    return {
      strength: ramp(worst.held, NONE / 2, FULL),
      says: `In column ${worst.name}, ${percent(worst.far)} of the values are outliers that account for ${percent(worst.held)} of the variance, so after scaling the other values hardly differ.${also}`,
      where: found.map(({ name }) => name),
      values: { far: worst.far, held: worst.held, columns: found.length },
    };
  },
});
