/** The network gives every row the same answer. */
import { defineCheck, unknown } from "../check.ts";
import { number, percent, ramp } from "../words.ts";

// Predictions that spread a hundredth as far as the targets are one answer; a tenth is nearly one. Chosen by hand.
const [FULL, NONE] = [0.02, 0.1];

export const oneAnswer = defineCheck({
  id: "one-answer",
  title: "Every row gets the same answer",
  needs: ["predictions"],
  detect({ predictions: { classes, columns, targets } }) {
    if (classes && classes.length > 1) {
      const most = classes.reduce((a, b) => (b.predicted > a.predicted ? b : a));
      if (most.predicted < 0.97 || most.actual > 0.95) return;
      return {
        strength: ramp(most.predicted, 0.94, 1),
        says: `${percent(most.predicted)} of the rows are called ${most.name}; ${percent(most.actual)} are.`,
        where: [most.name],
        values: { predicted: most.predicted, actual: most.actual },
      };
    }
    if (!targets || targets.length === 0) return unknown("targets beside the predictions");
    const ratios = columns.map((column, i) => column.std / Math.max(targets[i]?.std ?? 0, 1e-12));
    const widest = Math.max(...ratios);
    if (!(widest < NONE)) return;
    return {
      strength: ramp(widest, NONE, FULL),
      says: `The answers spread ${percent(widest)} as far as the targets: nearly the same number, ${number(columns[0].mean)}, for every row.`,
      values: { ratio: widest },
    };
  },
});
