/** A class is in one part of the data only. */
import { defineCheck } from "../check.ts";
import { list, percent } from "../words.ts";

// A class with so few rows may miss a random part by chance.
const FEW = 10;

export const splitClassMissing = defineCheck({
  id: "split-class-missing",
  title: "A class is on one side of the split only",
  needs: ["profile"],
  detect({ profile }) {
    if (profile.target?.kind !== "classes" || profile.split.validation === 0) return;
    const { classes } = profile.target;
    const untrained = classes.filter((one) => one.train === 0 && one.validation > 0);
    const unjudged = classes.filter((one) => one.validation === 0 && one.train >= FEW);
    const share = untrained.reduce((sum, one) => sum + one.validation, 0) / profile.split.validation;
    const lost = unjudged.reduce((sum, one) => sum + one.train, 0) / Math.max(1, profile.split.train);
    if (share === 0 && lost === 0) return;
    const facts = [
      untrained.length > 0 &&
        `${percent(share)} of the validation rows are of classes without a training row (${list(untrained.map((one) => one.name))})`,
      unjudged.length > 0 &&
        `${percent(lost)} of the training rows are of classes without a validation row (${list(unjudged.map((one) => one.name))})`,
    ].filter((fact) => fact !== false);
    return {
      strength: Math.min(1, 4 * Math.max(share, lost)),
      says: `${facts.join("; ")}.`,
      where: [...untrained, ...unjudged].map((one) => one.name),
      values: { untrained: share, unjudged: lost, trained: classes.filter((one) => one.train > 0).length },
    };
  },
});
