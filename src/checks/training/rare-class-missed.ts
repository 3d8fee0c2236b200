/** Rows of some class are hardly ever found. */
import { defineCheck, unknown } from "../check.ts";
import { percent, ramp } from "../words.ts";

const [NONE, TOLD, MISSED] = [0.8, 0.6, 0.3];
const [BEHIND, RARE] = [0.2, 0.5];

export const rareClassMissed = defineCheck({
  id: "rare-class-missed",
  title: "Rows of one class are hardly found",
  thresholds: [
    {
      of: "rows found of the class",
      value: [NONE, TOLD, MISSED],
      origin: "published",
      source: "SageMaker Debugger warns when 70 % of a class are missed; told from 60 % found down",
    },
    {
      of: "rows found of the most frequent class, beyond that",
      value: BEHIND,
      origin: "by hand",
      source: "where all classes are missed alike, it is no matter of how rare one is",
    },
    {
      of: "rows of a rare class by those of the most frequent",
      value: RARE,
      origin: "by hand",
      source: "half as many, or fewer",
    },
  ],
  needs: ["predictions"],
  detect({ predictions: { classes } }) {
    const known = classes?.filter((one) => one.recall !== undefined && one.actual > 0) ?? [];
    if (known.length < 2) return unknown("recall by class");
    const most = known.reduce((a, b) => (b.actual > a.actual ? b : a));
    const rare = known
      .filter((one) => one.actual <= RARE * most.actual)
      .sort((a, b) => (a.recall ?? 0) - (b.recall ?? 0));
    const worst = rare[0];
    if (!worst || (worst.recall ?? 1) > TOLD || (most.recall ?? 0) < (worst.recall ?? 0) + BEHIND) return;
    return {
      strength: ramp(worst.recall ?? 0, NONE, MISSED),
      says: `${percent(worst.recall ?? 0)} of the rows of ${worst.name} are found, but ${percent(most.recall ?? 0)} of ${most.name}.`,
      where: rare.filter((one) => (one.recall ?? 1) <= MISSED).map((one) => one.name),
      values: { recall: worst.recall ?? 0, common: most.recall ?? 0 },
    };
  },
});
