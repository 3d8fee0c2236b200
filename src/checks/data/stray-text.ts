/** Text in a column that otherwise holds numbers. */
import { rowName } from "../../data/dataset.ts";
import { quoted } from "../../text.ts";
import { defineCheck } from "../check.ts";
import { count, form, list } from "../words.ts";

export const strayText = defineCheck({
  id: "stray-text",
  title: "Text in a numeric column",
  thresholds: [
    {
      of: "text values in a column that otherwise holds numbers",
      value: 0,
      origin: "exact",
      source: "one such value makes the whole column text, or itself NaN, depending on the library that reads it",
    },
  ],
  needs: ["sourceColumns"],
  detect({ sourceColumns }) {
    const found = sourceColumns.flatMap(({ name, stray }) => (stray ? [{ name, ...stray }] : []));
    if (found.length === 0) return;
    const cells = found.reduce((sum, one) => sum + one.cells, 0);
    const [first] = found;
    return {
      strength: 1,
      says: `${count(cells, "value")} of numeric ${form(found.length, "column", "columns")} ${list(found.map(({ name }) => name))} ${form(cells, "is", "are")} text, first ${quoted(first.written[0])} in ${rowName({ row: first.rows[0], line: first.line })}. Here ${form(cells, "it is", "they are")} treated as missing.`,
      where: found.map(({ name }) => name),
      values: { cells, columns: found.length, row: first.rows[0] },
    };
  },
});
