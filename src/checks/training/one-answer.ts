/** The network predicts the same for every row. */
import { largest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { classNamed, number, percent, ramp } from "../words.ts";

const [FULL, NONE] = [0.02, 0.1];
const [BEGINS, MOST, COMMON] = [0.94, 0.97, 0.95];

export const oneAnswer = defineCheck({
  id: "one-answer",
  title: "The network predicts nearly the same for every row",
  thresholds: [
    {
      of: "standard deviation of the predictions divided by that of the targets",
      value: [NONE, FULL],
      origin: "by hand",
      source: "at a hundredth the predictions are constant, at a tenth nearly so",
    },
    {
      of: "share of the rows that are predicted as one class",
      value: [BEGINS, MOST, 1],
      origin: "by hand",
      source: "reported from 97 %",
    },
    {
      of: "share of that class among the rows above which it is right",
      value: COMMON,
      origin: "by hand",
      source: "where 95 % of the rows belong to it, it is the best constant prediction",
    },
  ],
  needs: ["predictions"],
  also: ["metric"],
  detect({ predictions: { classes, columns, targets }, metric }) {
    const part = metric ? `${metric.split} ` : "";
    if (classes && classes.length > 1) {
      const most = classes.reduce((a, b) => (b.predicted > a.predicted ? b : a));
      if (most.predicted < MOST || most.actual > COMMON) return;
      // The largest of several NaN is the first, as in NumPy: no prediction, and the same for every row.
      const broken = columns.some(({ mean }) => Number.isNaN(mean));
      return {
        strength: ramp(most.predicted, BEGINS, 1),
        says: broken
          ? `The outputs of the network are NaN for the ${part}rows.`
          : `The network predicts ${classNamed(most.name)} for ${most.predicted < 1 ? `${percent(most.predicted)} of the ${part}rows` : `every ${part}row`}; ${percent(most.actual)} of the rows are ${classNamed(most.name)}.`,
        where: [most.name],
        values: { predicted: most.predicted, actual: most.actual },
      };
    }
    if (!targets || targets.length === 0) return unknown("the targets of the predicted rows");
    const ratios = columns.map((column, i) => column.std / Math.max(targets[i]?.std ?? 0, 1e-12));
    const widest = largest(ratios);
    if (!(widest < NONE)) return;
    return {
      strength: ramp(widest, NONE, FULL),
      says: `The network predicts nearly the same value, ${number(columns[0].mean)}, for every ${part}row: the standard deviation of the predictions is ${percent(widest)} of that of the targets.`,
      values: { ratio: widest },
    };
  },
});
