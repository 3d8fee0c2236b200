/** A class is missing from training or from validation. */
import { defineCheck } from "../check.ts";
import { form, list, percent, ramp } from "../words.ts";

const FEW = 10;
const FULL = 0.25;

export const splitClassMissing = defineCheck({
  id: "split-class-missing",
  title: "A class is missing from training or validation",
  thresholds: [
    {
      of: "share of the rows",
      value: [0, FULL],
      origin: "by hand",
      source: "with a quarter of the rows in such classes, the score describes another task",
    },
    {
      of: "training rows of a class without validation rows",
      value: FEW,
      origin: "derived",
      source: "with fewer, a random split may miss the class by chance: with a tenth of the rows, 0.9¹⁰ = 35 %",
    },
  ],
  needs: ["profile"],
  detect({ profile }) {
    if (profile.target?.kind !== "classes" || profile.split.validation === 0) return;
    const { classes } = profile.target;
    const untrained = classes.filter((one) => one.train === 0 && one.validation > 0);
    const unevaluated = classes.filter((one) => one.validation === 0 && one.train >= FEW);
    const share = untrained.reduce((sum, one) => sum + one.validation, 0) / profile.split.validation;
    const lost = unevaluated.reduce((sum, one) => sum + one.train, 0) / Math.max(1, profile.split.train);
    if (share === 0 && lost === 0) return;
    const without = (some: readonly { name: string }[]) =>
      `${form(some.length, "a class", "classes")} (${list(some.map(({ name }) => name))}) without`;
    const facts = [
      untrained.length > 0 && `${percent(share)} of the validation rows belong to ${without(untrained)} training rows`,
      unevaluated.length > 0 &&
        `${percent(lost)} of the training rows belong to ${without(unevaluated)} validation rows`,
    ].filter((fact) => fact !== false);
    return {
      strength: ramp(Math.max(share, lost), 0, FULL),
      says: `${facts.join("; ")}.`,
      where: [...untrained, ...unevaluated].map((one) => one.name),
      values: { untrained: share, unjudged: lost, trained: classes.filter((one) => one.train > 0).length },
    };
  },
});
