/** The network gives every row the same answer. */
import { largest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { number, percent, ramp } from "../words.ts";

const [FULL, NONE] = [0.02, 0.1];
const [BEGINS, MOST, COMMON] = [0.94, 0.97, 0.95];

export const oneAnswer = defineCheck({
  id: "one-answer",
  title: "Every row gets the same answer",
  thresholds: [
    {
      of: "spread of the answers by that of the targets",
      value: [NONE, FULL],
      origin: "by hand",
      source: "a hundredth is one answer, a tenth nearly one",
    },
    {
      of: "share of the rows that get one class",
      value: [BEGINS, MOST, 1],
      origin: "by hand",
      source: "told from 97 %",
    },
    {
      of: "share of that class above which it is right",
      value: COMMON,
      origin: "by hand",
      source: "where 95 % of the rows are of it, it is the best constant answer",
    },
  ],
  needs: ["predictions"],
  detect({ predictions: { classes, columns, targets } }) {
    if (classes && classes.length > 1) {
      const most = classes.reduce((a, b) => (b.predicted > a.predicted ? b : a));
      if (most.predicted < MOST || most.actual > COMMON) return;
      return {
        strength: ramp(most.predicted, BEGINS, 1),
        says: `The network predicts ${most.name} for ${most.predicted === 1 ? "every row" : `${percent(most.predicted)} of the rows`}; ${percent(most.actual)} of the rows are ${most.name}.`,
        where: [most.name],
        values: { predicted: most.predicted, actual: most.actual },
      };
    }
    if (!targets || targets.length === 0) return unknown("targets beside the predictions");
    const ratios = columns.map((column, i) => column.std / Math.max(targets[i]?.std ?? 0, 1e-12));
    const widest = largest(ratios);
    if (!(widest < NONE)) return;
    return {
      strength: ramp(widest, NONE, FULL),
      says: `The network predicts nearly the same value, ${number(columns[0].mean)}, for every row: the standard deviation of the predictions is ${percent(widest)} of that of the targets.`,
      values: { ratio: widest },
    };
  },
});
