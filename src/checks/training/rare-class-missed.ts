/** Rows of a rare class are found far less often than those of a frequent one, and it is called too seldom. */
import { defineCheck, unknown } from "../check.ts";
import { ofRows } from "../scores.ts";
import { percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.1, 0.7];
const RARE = 0.5;
const UNSURE = 2;
const WORTH = 0.03;
const USUAL_ROWS = 200;

export const rareClassMissed = defineCheck({
  id: "rare-class-missed",
  title: "Rows of one class are hardly found",
  thresholds: [
    {
      of: "share of its rows that is found less than of the most frequent class, beyond the error of that share",
      value: [NONE, FULL],
      origin: "published",
      source: "SageMaker Debugger warns when 70 % of a class are missed; the lower end by hand",
    },
    {
      of: "rows of a rare class by those of the most frequent",
      value: RARE,
      origin: "by hand",
      source: "half as many, or fewer",
    },
    {
      of: "rows found, and rows missed, that are counted beside the real ones",
      value: UNSURE,
      origin: "published",
      source:
        "Agresti and Coull (1998), so that 0 of 3 is not sure; of k rare classes the worst lies √(2 ln k) errors off",
    },
    {
      of: "share of all rows that are missed so, where the score counts rows",
      value: WORTH,
      origin: "by hand",
      source: "fewer cannot move the score by a gain worth having",
    },
    {
      of: "rows judged, where nothing tells their number",
      value: USUAL_ROWS,
      origin: "by hand",
      source: "a fifth of a thousand rows",
    },
  ],
  needs: ["predictions"],
  also: ["start.rows.train", "start.rows.validation", "metric"],
  detect({ predictions: { classes }, start, metric }) {
    const known = (classes ?? []).flatMap(({ recall, ...one }) =>
      recall !== undefined && one.actual > 0 ? [{ ...one, recall }] : [],
    );
    if (known.length < 2) return unknown("recall by class");
    const judged = start?.rows?.validation || start?.rows?.train || USUAL_ROWS;
    const most = known.reduce((a, b) => (b.actual > a.actual ? b : a));
    const rare = known.filter((one) => one.actual <= RARE * most.actual);
    // Of k classes the one that chance treats worst lies up to √(2 ln k) standard errors off.
    const errors = Math.max(1, Math.sqrt(2 * Math.log(Math.max(1, rare.length))));
    const missed = rare
      // What is called as often as it occurs is confused with its neighbours, not outweighed by them.
      .filter((one) => one.predicted < one.actual)
      .map((one) => {
        const n = one.actual * judged + 2 * UNSURE;
        const share = (one.recall * one.actual * judged + UNSURE) / n;
        const gap = most.recall - share - errors * Math.sqrt((share * (1 - share)) / n);
        return { ...one, gap };
      })
      .sort((a, b) => b.gap - a.gap);
    const told = missed.filter(({ gap }) => gap > NONE);
    const worst = told[0];
    const cost = told.reduce((sum, one) => sum + one.actual * (most.recall - one.recall), 0);
    if (!worst || (metric && ofRows(metric) && cost < WORTH)) return;
    return {
      strength: ramp(worst.gap, 0, FULL),
      says: `Recall is ${percent(worst.recall)} for ${worst.name} and ${percent(most.recall)} for ${most.name}.`,
      where: told.map((one) => one.name),
      values: { recall: worst.recall, common: most.recall, predicted: worst.predicted, actual: worst.actual, cost },
    };
  },
});
