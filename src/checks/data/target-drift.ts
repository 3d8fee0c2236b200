/** The targets of the validation rows are not distributed like those of the training rows. */
import { defineCheck, unknown } from "../check.ts";
import { number, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.1, 0.5];
const ACCIDENT = 1.6;
const [SHIFT, FULL_SHIFT, ERRORS] = [0.5, 1.5, 5];

export const targetDrift = defineCheck({
  id: "target-drift",
  title: "Validation targets differ from training targets",
  thresholds: [
    {
      of: "share of the rows that would have to change class",
      value: [NONE, FULL],
      origin: "by hand",
      source: "half of the rows is full; a tenth is the least that costs a score",
    },
    {
      of: "that share by √(classes · (1/train + 1/validation))",
      value: ACCIDENT,
      origin: "derived",
      source: "random splits differ by about 0.4 of it; four times that is no accident",
    },
    {
      of: "shift of the mean number in training spreads",
      value: [SHIFT, FULL_SHIFT],
      origin: "published",
      source: "Cohen's medium effect; full at three times that",
    },
    { of: "standard errors of that shift", value: ERRORS, origin: "derived", source: "5 errors are no accident" },
  ],
  needs: ["profile"],
  also: ["targetDrift"],
  detect({ profile, targetDrift: drift }) {
    const { split, target } = profile;
    if (split.validation === 0) return unknown("validation rows");
    if (target?.kind === "classes") {
      const { classes } = target;
      const distance =
        classes.reduce((sum, one) => sum + Math.abs(one.train / split.train - one.validation / split.validation), 0) /
        2;
      const accident = ACCIDENT * Math.sqrt(classes.length * (1 / split.train + 1 / split.validation));
      if (!(distance > Math.max(NONE, accident))) return;
      return {
        strength: ramp(distance, NONE / 2, FULL),
        says: `The class shares differ: ${percent(distance)} of the validation rows would have to change class to match the training rows.`,
        values: { distance },
      };
    }
    if (!drift) return unknown("targetDrift");
    if (drift.shift < SHIFT || drift.shift * Math.sqrt(drift.rows) < ERRORS) return;
    return {
      strength: ramp(drift.shift, SHIFT / 2, FULL_SHIFT),
      says: `The mean target of the validation rows is ${number(drift.shift)} standard deviations from that of the training rows.`,
      values: { shift: drift.shift },
    };
  },
});
