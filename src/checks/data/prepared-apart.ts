/** Columns of the validation rows are in another unit than in training: the two parts were prepared differently. */
import { defineCheck } from "../check.ts";
import { form, list, number, ramp } from "../words.ts";

const [DOUBLED, APART] = [2, 4];
const UNIT = 8;
const [MOST, ONE] = [0.5, 0.5];

export const preparedApart = defineCheck({
  id: "prepared-apart",
  title: "Training and validation columns are in different units",
  thresholds: [
    {
      of: "factor, or shift in standard deviations, of the straight line that makes a column alike in both parts",
      value: [DOUBLED, APART],
      origin: "by hand",
      source: "other rows of the same kind shift by less, and rarely scale without changing their shape",
    },
    {
      of: "factor from which one column is enough",
      value: UNIT,
      origin: "by hand",
      source: "units differ by factors of 10, 100, 255 or 1,000; other rows of the same kind hardly do",
    },
    {
      of: "share of the columns from which the strength is 1, and the strength of a single column",
      value: [MOST, ONE],
      origin: "by hand",
      source: "half of the columns in another unit are no coincidence",
    },
  ],
  needs: ["partDrift", "profile"],
  detect({ partDrift: { columns, of, standardised }, profile }) {
    // Rows of one file were prepared together.
    if (profile.split.kind !== "source") return;
    const lines = columns.flatMap(({ name, line }) => {
      const own = profile.raw.find((column) => column.name === name);
      if (!line || !own || !(own.std > 0)) return [];
      const stretched = Math.max(Math.abs(line.factor), 1 / Math.abs(line.factor));
      const shift = Math.abs(line.shift + (line.factor - 1) * own.mean) / own.std;
      return [{ name, ...line, stretched, moved: line.factor < 0 || stretched >= DOUBLED || shift >= APART }];
    });
    const moved = lines.filter((line) => line.moved);
    const share = moved.length / Math.max(1, of);
    const unit = moved.some(({ stretched }) => stretched >= UNIT);
    if (moved.length === 0 || (share < MOST && !unit && !standardised)) return;
    const [first] = moved;
    const signed = (value: number) => (value < 0 ? ` − ${number(-value)}` : ` + ${number(value)}`);
    const line = `${number(first.factor)} × the training values${first.shift === 0 ? "" : signed(first.shift)}`;
    const only = standardised ? ` Only the ${standardised} rows have mean 0 and standard deviation 1.` : "";
    const names = list(moved.map(({ name }) => name));
    const subject = of === 1 ? `Column ${names}` : `${moved.length} of ${of} columns (${names})`;
    return {
      strength: standardised ? 1 : Math.max(unit ? ONE : 0, ramp(share, 0, MOST)),
      says: `${subject} ${form(moved.length, "has", "have")} different units in training and validation: the validation values of ${first.name} are distributed like ${line}.${only}`,
      where: moved.map(({ name }) => name),
      values: { share, factor: first.factor, shift: first.shift, standardised },
    };
  },
});
