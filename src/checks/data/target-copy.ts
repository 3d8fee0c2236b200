/** An input column is the target itself, in another notation or another unit. */
import { defineCheck } from "../check.ts";
import { count, form, list } from "../words.ts";

export const targetCopy = defineCheck({
  id: "target-copy",
  title: "An input column is the target",
  thresholds: [
    {
      of: "rows in which column and target do not correspond",
      value: 0,
      origin: "exact",
      source: "one value of the column for each class and the other way round, or a straight line up to rounding",
    },
  ],
  needs: ["targetCopies"],
  detect({ targetCopies: { columns, rows } }) {
    if (columns.length === 0) return;
    return {
      strength: 1,
      says: `${form(columns.length, "Column", "Columns")} ${list(columns)} ${form(columns.length, "is", "are each")} the target in another form: the two correspond exactly in all of the ${count(rows, "training row")} that were compared.`,
      where: columns,
      values: { columns: columns.length, rows },
    };
  },
});
