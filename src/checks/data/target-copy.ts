/** An input column is the target itself, in another writing or another unit. */
import { defineCheck } from "../check.ts";
import { count, list } from "../words.ts";

export const targetCopy = defineCheck({
  id: "target-copy",
  title: "An input column is the target",
  thresholds: [
    {
      of: "rows in which column and target do not stand for each other",
      value: 0,
      origin: "exact",
      source: "one value of the column for each class and the other way round, or a straight line but for rounding",
    },
  ],
  needs: ["targetCopies"],
  detect({ targetCopies: { columns, rows } }) {
    if (columns.length === 0) return;
    return {
      strength: 1,
      says: `${list(columns)} ${columns.length === 1 ? "is" : "are"} a copy of the target in another form: they change together in all ${count(rows, "row")}.`,
      where: columns,
      values: { columns: columns.length, rows },
    };
  },
});
