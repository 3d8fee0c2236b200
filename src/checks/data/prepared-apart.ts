/** Columns of the judged rows are those of training in another unit: the two parts were prepared differently. */
import { defineCheck } from "../check.ts";
import { list, number, percent, ramp } from "../words.ts";

const [DOUBLED, APART] = [2, 4];
const UNIT = 8;
const [MOST, ONE] = [0.5, 0.5];

export const preparedApart = defineCheck({
  id: "prepared-apart",
  title: "The parts are in different units",
  thresholds: [
    {
      of: "factor, or shift in spreads, of the line that makes a column alike in both parts",
      value: [DOUBLED, APART],
      origin: "by hand",
      source: "other rows of the same kind shift by less, and seldom stretch without changing their shape",
    },
    {
      of: "factor from which one column is enough",
      value: UNIT,
      origin: "by hand",
      source: "units differ by 10, 100, 1000, 255; other rows hardly do",
    },
    {
      of: "share of the columns where it is full, and the strength of one",
      value: [MOST, ONE],
      origin: "by hand",
      source: "half of the columns in another unit are no accident",
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
    const signed = (value: number) => (value < 0 ? `− ${number(-value)}` : `+ ${number(value)}`);
    const line = `${first.name} = ${number(first.factor)} × that of training ${signed(first.shift)}`;
    const words = standardised
      ? `; the ${standardised} rows have mean 0 and standard deviation 1, the others do not`
      : "";
    return {
      strength: standardised ? 1 : Math.max(unit ? ONE : 0, ramp(share, 0, MOST)),
      says: `${percent(share)} of the columns (${list(moved.map(({ name }) => name))}) have other units in the validation rows: there ${line}${words}.`,
      where: moved.map(({ name }) => name),
      values: { share, factor: first.factor, shift: first.shift, standardised },
    };
  },
});
