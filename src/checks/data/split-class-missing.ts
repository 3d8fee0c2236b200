/** A class is in one part of the data only. */
import { defineCheck } from "../check.ts";
import { list, percent, ramp } from "../words.ts";

const FEW = 10;
const FULL = 0.25;

export const splitClassMissing = defineCheck({
  id: "split-class-missing",
  title: "A class is on one side of the split only",
  thresholds: [
    {
      of: "share of the rows",
      value: [0, FULL],
      origin: "by hand",
      source: "a quarter of the rows of a class that is not trained or not judged makes the score another's",
    },
    {
      of: "training rows of a class that is not judged",
      value: FEW,
      origin: "derived",
      source: "with fewer, a random part may miss the class by chance: at a tenth, 0.9¹⁰ = 35 %",
    },
  ],
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
        `${percent(share)} of the validation rows belong to classes without a training row (${list(untrained.map((one) => one.name))})`,
      unjudged.length > 0 &&
        `${percent(lost)} of the training rows belong to classes without a validation row (${list(unjudged.map((one) => one.name))})`,
    ].filter((fact) => fact !== false);
    return {
      strength: ramp(Math.max(share, lost), 0, FULL),
      says: `${facts.join("; ")}.`,
      where: [...untrained, ...unjudged].map((one) => one.name),
      values: { untrained: share, unjudged: lost, trained: classes.filter((one) => one.train > 0).length },
    };
  },
});
