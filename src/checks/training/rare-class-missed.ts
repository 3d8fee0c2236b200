/** Rows of some class are hardly ever found. */
import { defineCheck, unknown } from "../check.ts";
import { percent, ramp } from "../words.ts";

// SageMaker Debugger warns when 70 % of a class are missed.
const MISSED = 0.3;

export const rareClassMissed = defineCheck({
  id: "rare-class-missed",
  title: "Rows of one class are hardly found",
  needs: ["predictions"],
  detect({ predictions: { classes } }) {
    const known = classes?.filter((one) => one.recall !== undefined && one.actual > 0) ?? [];
    if (known.length < 2) return unknown("recall by class");
    const most = known.reduce((a, b) => (b.actual > a.actual ? b : a));
    const rare = known.filter((one) => one.actual <= most.actual / 2).sort((a, b) => (a.recall ?? 0) - (b.recall ?? 0));
    const worst = rare[0];
    if (!worst || (worst.recall ?? 1) > MISSED + 0.3 || (most.recall ?? 0) < (worst.recall ?? 0) + 0.2) return;
    return {
      strength: ramp(worst.recall ?? 0, 0.8, MISSED),
      says: `${percent(worst.recall ?? 0)} of the rows of ${worst.name} are found, but ${percent(most.recall ?? 0)} of ${most.name}.`,
      where: rare.filter((one) => (one.recall ?? 1) <= MISSED).map((one) => one.name),
      values: { recall: worst.recall ?? 0, common: most.recall ?? 0 },
    };
  },
});
