/** The recall of a rare class is far below that of the most frequent one, and the class is predicted too rarely. */
import { defineCheck, unknown } from "../check.ts";
import { ofRows } from "../scores.ts";
import { capital, classNamed, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.1, 0.7];
const RARE = 0.5;
const UNSURE = 2;
const WORTH = 0.03;
const USUAL_ROWS = 200;

export const rareClassMissed = defineCheck({
  id: "rare-class-missed",
  title: "Low recall for a rare class",
  thresholds: [
    {
      of: "recall below that of the most frequent class, minus its standard error",
      value: [NONE, FULL],
      origin: "published",
      source: "SageMaker Debugger warns when 70 % of the rows of a class are misclassified; the lower end by hand",
    },
    {
      of: "rows of a rare class divided by those of the most frequent",
      value: RARE,
      origin: "by hand",
      source: "half as many, or fewer",
    },
    {
      of: "correct and incorrect rows that are counted in addition to the real ones",
      value: UNSURE,
      origin: "published",
      source:
        "Agresti and Coull (1998), so that 0 of 3 is not certain; of k rare classes the worst is √(2 ln k) standard errors off by chance",
    },
    {
      of: "share of all rows that are misclassified in this way, where the metric counts rows",
      value: WORTH,
      origin: "by hand",
      source: "fewer cannot improve the score noticeably",
    },
    {
      of: "evaluated rows, where their number is not known",
      value: USUAL_ROWS,
      origin: "by hand",
      source: "a fifth of a thousand rows",
    },
  ],
  needs: ["predictions"],
  also: ["start.rows.train", "start.rows.validation", "metric"],
  detect({ predictions: { classes, columns }, start, metric }) {
    if (columns.some(({ mean }) => Number.isNaN(mean))) return unknown("predictions that are not NaN");
    const known = (classes ?? []).flatMap(({ recall, ...one }) =>
      recall !== undefined && one.actual > 0 ? [{ ...one, recall }] : [],
    );
    if (known.length < 2) return unknown("the recall of each class");
    const evaluated = start?.rows?.validation || start?.rows?.train || USUAL_ROWS;
    const most = known.reduce((a, b) => (b.actual > a.actual ? b : a));
    const rare = known.filter((one) => one.actual <= RARE * most.actual);
    // Of k classes, the worst is up to √(2 ln k) standard errors off by chance.
    const errors = Math.max(1, Math.sqrt(2 * Math.log(Math.max(1, rare.length))));
    const missed = rare
      // A class that is predicted as often as it occurs is confused with others, not neglected for being rare.
      .filter((one) => one.predicted < one.actual)
      .map((one) => {
        const n = one.actual * evaluated + 2 * UNSURE;
        const share = (one.recall * one.actual * evaluated + UNSURE) / n;
        const gap = most.recall - share - errors * Math.sqrt((share * (1 - share)) / n);
        return { ...one, gap };
      })
      .sort((a, b) => b.gap - a.gap);
    const low = missed.filter(({ gap }) => gap > NONE);
    const worst = low[0];
    const cost = low.reduce((sum, one) => sum + one.actual * (most.recall - one.recall), 0);
    if (!worst || (metric && ofRows(metric) && cost < WORTH)) return;
    return {
      strength: ramp(worst.gap, 0, FULL),
      says: `${capital(`${metric ? `${metric.split} ` : ""}recall`)} is ${percent(worst.recall)} for ${classNamed(worst.name)} and ${percent(most.recall)} for ${classNamed(most.name)}.`,
      where: low.map((one) => one.name),
      values: { recall: worst.recall, common: most.recall, predicted: worst.predicted, actual: worst.actual, cost },
    };
  },
});
