/** The targets are distributed differently in the validation rows and in the training rows. */
import { defineCheck, unknown } from "../check.ts";
import { number, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.1, 0.5];
const COINCIDENCE = 1.6;
const [SHIFT, FULL_SHIFT, ERRORS] = [0.5, 1.5, 5];

export const targetDrift = defineCheck({
  id: "target-drift",
  title: "Validation targets differ from training targets",
  thresholds: [
    {
      of: "share of the validation rows that would have to change class",
      value: [NONE, FULL],
      origin: "by hand",
      source: "full at half of the rows; less than a tenth does not affect a score",
    },
    {
      of: "that share divided by √(classes · (1/train + 1/validation))",
      value: COINCIDENCE,
      origin: "derived",
      source: "random splits differ by about 0.4 of it; four times that is no coincidence",
    },
    {
      of: "shift of the mean target, in training standard deviations",
      value: [SHIFT, FULL_SHIFT],
      origin: "published",
      source: "Cohen's medium effect; full at three times that",
    },
    { of: "standard errors of that shift", value: ERRORS, origin: "derived", source: "five are no coincidence" },
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
      const coincidence = COINCIDENCE * Math.sqrt(classes.length * (1 / split.train + 1 / split.validation));
      if (!(distance > Math.max(NONE, coincidence))) return;
      return {
        strength: ramp(distance, NONE / 2, FULL),
        says: `The class shares differ between training and validation: ${percent(distance)} of the validation rows would have to change class to match.`,
        values: { distance },
      };
    }
    if (!drift) return unknown("targetDrift");
    if (drift.shift < SHIFT || drift.shift * Math.sqrt(drift.rows) < ERRORS) return;
    return {
      strength: ramp(drift.shift, SHIFT / 2, FULL_SHIFT),
      says: `The mean target of the validation rows is ${number(drift.shift)} training standard deviations away from that of the training rows.`,
      values: { shift: drift.shift },
    };
  },
});
