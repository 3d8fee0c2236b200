/** Text where numbers were meant. */
import { defineCheck } from "../check.ts";
import { count, list } from "../words.ts";

export const strayText = defineCheck({
  id: "stray-text",
  title: "Text in a column of numbers",
  thresholds: [
    {
      of: "cells of text in a column that otherwise holds numbers",
      value: 0,
      origin: "exact",
      source: "one such cell makes the whole column text, or the cell NaN, depending on who reads it",
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
      says: `${count(cells, "cell")} with text in ${found.length === 1 ? "a numeric column" : "numeric columns"} (${list(found.map(({ name }) => name))}; first in row ${first.rows[0] + 1}: ${JSON.stringify(first.written[0])}); counted as missing.`,
      where: found.map(({ name }) => name),
      values: { cells, columns: found.length, row: first.rows[0] },
    };
  },
});
