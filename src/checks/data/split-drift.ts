/** The inputs of the validation rows are not distributed like those of the training rows. */
import { mean } from "../../data/statistics.ts";
import { defineCheck, unknown } from "../check.ts";
import { count, list, number, ramp } from "../words.ts";

const [MEDIUM, FULL, ERRORS] = [0.5, 2, 5];
const [DOUBLED, SPREAD_ERRORS] = [Math.LN2, 12];
const [LEAST, SOME] = [0.3, 0.4];

export const splitDrift = defineCheck({
  id: "split-drift",
  title: "Validation inputs differ from training inputs",
  thresholds: [
    {
      of: "shift of the mean in training spreads",
      value: [MEDIUM, FULL],
      origin: "published",
      source: "Cohen's medium effect",
    },
    {
      of: "standard errors of the shift",
      value: ERRORS,
      origin: "derived",
      source: "hundreds of columns may be tested: 5 errors happen once in two million",
    },
    {
      of: "logarithm of the ratio of the spreads",
      value: [DOUBLED, 2 * DOUBLED],
      origin: "by hand",
      source: "twice or half the spread, full at four times",
    },
    {
      of: "standard errors of that logarithm",
      value: SPREAD_ERRORS,
      origin: "measured",
      source: "8 gave a false hit on 60 rows of pixels in the zoo",
    },
    {
      of: "strength of one column, and of a drift of few columns",
      value: [LEAST, SOME],
      origin: "by hand",
      source: "one drifting column among many matters little; all of them, much",
    },
  ],
  needs: ["profile"],
  detect({ profile }) {
    const { split } = profile;
    if (split.validation === 0) return unknown("validation rows");
    const pooled = Math.sqrt(1 / Math.max(1, split.train) + 1 / split.validation);
    const spreads = profile.columns.map((column) => column.std).filter((std) => std > 0);
    const usual = spreads.length > 0 ? mean(spreads) : 1;
    const shifts = profile.columns.flatMap((column) => {
      const other = profile.validationColumns.find((one) => one.name === column.name);
      if (!other) return [];
      // A column that is constant in training (an empty pixel) is compared in the spread that is usual here.
      const std = Math.max(column.std, usual / 4);
      const shift = Math.abs(other.mean - column.mean) / std;
      const spread = column.std > 0 ? Math.abs(Math.log(Math.max(other.std, 1e-12) / column.std)) : 0;
      return std > 0 && Number.isFinite(shift) ? [{ name: column.name, shift, spread, errors: shift / pooled }] : [];
    });
    // A spread that halves or doubles in most of the columns: the parts were scaled differently, though their means agree.
    const error = Math.sqrt(1 / (2 * Math.max(1, split.train)) + 1 / (2 * split.validation));
    const stretched = shifts.filter((one) => one.spread >= DOUBLED && one.spread / error >= SPREAD_ERRORS);
    if (2 * stretched.length > shifts.length) {
      const typical = stretched.map((one) => one.spread).sort((a, b) => a - b)[Math.floor(stretched.length / 2)];
      return {
        strength: ramp(typical, 0, 2 * DOUBLED),
        says: `The spreads of ${count(stretched.length, "column")} of ${shifts.length} differ ${number(Math.exp(typical))}-fold between training and validation rows.`,
        where: stretched.map((one) => one.name),
        values: { spread: typical, share: stretched.length / shifts.length, columns: stretched.length },
      };
    }
    const far = shifts.filter((one) => one.shift >= MEDIUM && one.errors >= ERRORS).sort((a, b) => b.shift - a.shift);
    if (far.length === 0) return;
    const share = far.length / shifts.length;
    return {
      strength: Math.max(LEAST, ramp(far[0].shift, 0, FULL)) * Math.min(1, SOME + share),
      says: `The mean of ${list(far.map((one) => one.name))} is ${number(far[0].shift)} spreads away in the validation rows.`,
      where: far.map((one) => one.name),
      values: { shift: far[0].shift, share, columns: far.length },
    };
  },
});
