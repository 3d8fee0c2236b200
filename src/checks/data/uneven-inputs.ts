/** Input columns spread so differently that the narrow ones hardly count. */
import { defineCheck } from "../check.ts";
import { logRamp, number } from "../words.ts";

const [NONE, FULL] = [30, 3000];

export const unevenInputs = defineCheck({
  id: "uneven-inputs",
  title: "Input columns spread very differently",
  thresholds: [
    {
      of: "widest spread by the narrowest",
      value: [NONE, FULL],
      origin: "by hand",
      source: "one-hot columns of a rare value spread a twentieth of a z-scored column and train well",
    },
  ],
  needs: ["profile"],
  detect({ profile }) {
    // A 0/1 column may be as rare as it likes: its step is 1, whatever its spread.
    const wide = profile.columns.filter((column) => column.distinct > 2 && column.std > 0);
    if (wide.length < 2) return;
    const [first, last] = [...wide]
      .sort((a, b) => a.std - b.std)
      .filter((_, i, all) => i === 0 || i === all.length - 1);
    const ratio = last.std / first.std;
    const strength = logRamp(ratio, NONE, FULL);
    if (!(strength > 0)) return;
    return {
      strength,
      says: `The standard deviation of column ${last.name} is ${number(ratio)} times that of ${first.name}.`,
      where: [last.name, first.name],
      values: { ratio },
    };
  },
});
