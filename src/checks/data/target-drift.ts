/** The targets of the validation rows are not distributed like those of the training rows. */
import { defineCheck, unknown } from "../check.ts";
import { number, percent, ramp } from "../words.ts";

// Half of the rows would have to change class to be full; a tenth is the least that is told. Chosen by hand.
const [NONE, FULL] = [0.1, 0.5];
// Random splits of n rows differ by about √(classes / n): four times that is no accident.
const ACCIDENT = 4;

export const targetDrift = defineCheck({
  id: "target-drift",
  title: "Validation targets differ from training targets",
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
      const accident = ACCIDENT * 0.4 * Math.sqrt(classes.length * (1 / split.train + 1 / split.validation));
      if (!(distance > Math.max(NONE, accident))) return;
      return {
        strength: ramp(distance, NONE / 2, FULL),
        says: `${percent(distance)} of the validation rows would have to change class to have the class shares of the training rows.`,
        values: { distance },
      };
    }
    if (!drift) return unknown("targetDrift");
    if (drift.shift < 0.5 || drift.shift * Math.sqrt(drift.rows) < 5) return;
    return {
      strength: ramp(drift.shift, 0.25, 1.5),
      says: `The mean target of the validation rows is ${number(drift.shift)} spreads away from that of the training rows.`,
      values: { shift: drift.shift },
    };
  },
});
