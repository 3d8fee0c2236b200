/** Input columns differ so much in scale that the narrow ones hardly count. */
import { defineCheck } from "../check.ts";
import { logRamp, number } from "../words.ts";

const [NONE, FULL] = [30, 3000];

export const unevenInputs = defineCheck({
  id: "uneven-inputs",
  title: "Input columns differ greatly in scale",
  thresholds: [
    {
      of: "largest standard deviation divided by the smallest",
      value: [NONE, FULL],
      origin: "by hand",
      source:
        "one-hot columns of a rare value have a twentieth of the standard deviation of a standardized column and train well",
    },
  ],
  needs: ["profile"],
  detect({ profile }) {
    // A 0/1 column does no harm, however rare its 1 is: it changes by 1, whatever its standard deviation.
    const varied = profile.columns.filter((column) => column.distinct > 2 && column.std > 0);
    if (varied.length < 2) return;
    const [first, last] = [...varied]
      .sort((a, b) => a.std - b.std)
      .filter((_, i, all) => i === 0 || i === all.length - 1);
    const ratio = last.std / first.std;
    const strength = logRamp(ratio, NONE, FULL);
    if (!(strength > 0)) return;
    return {
      strength,
      says: `The standard deviation of column ${last.name} is ${number(ratio)} times that of column ${first.name}.`,
      where: [last.name, first.name],
      values: { ratio },
    };
  },
});
