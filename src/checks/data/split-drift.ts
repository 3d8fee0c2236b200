/** The inputs are distributed differently in the validation rows and in the training rows. */
import { mean } from "../../data/statistics.ts";
import { defineCheck, unknown } from "../check.ts";
import { form, list, number, ramp } from "../words.ts";

const [MEDIUM, FULL, ERRORS] = [0.5, 2, 5];
const [DOUBLED, STD_ERRORS] = [Math.LN2, 12];
const [LEAST, SOME] = [0.3, 0.4];

export const splitDrift = defineCheck({
  id: "split-drift",
  title: "Validation inputs differ from training inputs",
  thresholds: [
    {
      of: "shift of the mean, in training standard deviations",
      value: [MEDIUM, FULL],
      origin: "published",
      source: "Cohen's medium effect",
    },
    {
      of: "standard errors of the shift",
      value: ERRORS,
      origin: "derived",
      source: "hundreds of columns may be tested: five standard errors happen once in two million",
    },
    {
      of: "logarithm of the ratio of the standard deviations",
      value: [DOUBLED, 2 * DOUBLED],
      origin: "by hand",
      source: "twice or half the standard deviation, full at four times",
    },
    {
      of: "standard errors of that logarithm",
      value: STD_ERRORS,
      origin: "measured",
      source: "8 gave a false alarm on 60 rows of pixels in the zoo",
    },
    {
      of: "strength of a single column, and where few columns drift",
      value: [LEAST, SOME],
      origin: "by hand",
      source: "one drifting column among many matters little, all of them matter much",
    },
  ],
  needs: ["profile"],
  detect({ profile }) {
    const { split } = profile;
    if (split.validation === 0) return unknown("validation rows");
    const pooled = Math.sqrt(1 / Math.max(1, split.train) + 1 / split.validation);
    const stds = profile.columns.map((column) => column.std).filter((std) => std > 0);
    const usual = stds.length > 0 ? mean(stds) : 1;
    const shifts = profile.columns.flatMap((column) => {
      const other = profile.validationColumns.find((one) => one.name === column.name);
      if (!other) return [];
      // A column that is constant in training (an empty pixel) is compared by the standard deviation that is usual here.
      const std = Math.max(column.std, usual / 4);
      const shift = Math.abs(other.mean - column.mean) / std;
      const stretch = column.std > 0 ? Math.abs(Math.log(Math.max(other.std, 1e-12) / column.std)) : 0;
      return std > 0 && Number.isFinite(shift) ? [{ name: column.name, shift, stretch, errors: shift / pooled }] : [];
    });
    // Where the standard deviation halves or doubles in most of the columns, the parts were scaled differently, though their means agree.
    const error = Math.sqrt(1 / (2 * Math.max(1, split.train)) + 1 / (2 * split.validation));
    const stretched = shifts.filter((one) => one.stretch >= DOUBLED && one.stretch / error >= STD_ERRORS);
    if (2 * stretched.length > shifts.length) {
      const typical = stretched.map((one) => one.stretch).sort((a, b) => a - b)[Math.floor(stretched.length / 2)];
      const where =
        shifts.length === 1 ? `column ${shifts[0].name}` : `${stretched.length} of ${shifts.length} columns`;
      const about = form(stretched.length, "", "typically ");
      return {
        strength: ramp(typical, 0, 2 * DOUBLED),
        says: `In ${where}, the standard deviation differs between training and validation rows, ${about}by a factor of ${number(Math.exp(typical))}.`,
        where: stretched.map((one) => one.name),
        values: { spread: typical, share: stretched.length / shifts.length, columns: stretched.length },
      };
    }
    const far = shifts.filter((one) => one.shift >= MEDIUM && one.errors >= ERRORS).sort((a, b) => b.shift - a.shift);
    if (far.length === 0) return;
    const share = far.length / shifts.length;
    return {
      strength: Math.max(LEAST, ramp(far[0].shift, 0, FULL)) * Math.min(1, SOME + share),
      says: `${form(far.length, "The mean", "The means")} of ${list(far.map((one) => one.name))} ${form(far.length, "differs", "differ")} between training and validation rows by ${form(far.length, "", "up to ")}${number(far[0].shift)} standard deviations.`,
      where: far.map((one) => one.name),
      values: { shift: far[0].shift, share, columns: far.length },
    };
  },
});
