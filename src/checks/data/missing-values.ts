/** Cells without a number reach the network. */
import { defineCheck } from "../check.ts";
import { count, list } from "../words.ts";

export const missingValues = defineCheck({
  id: "missing-values",
  title: "Cells without a number reach the network",
  plain: true,
  thresholds: [
    {
      of: "cells without a number",
      value: 0,
      origin: "exact",
      source: "one is enough: NaN spreads to every weight within a step",
    },
  ],
  needs: ["profile"],
  detect({ profile: { inputs, target } }) {
    const { missing: targets } = target;
    const cells = inputs.missingCells;
    if (cells + targets === 0) return;
    const columns = inputs.missing.map((one) => one.column);
    const [first] = inputs.missing.flatMap((one) => one.rows.map((row) => ({ row, column: one.column })));
    const place = first ? ` (${list(columns)}; first in row ${first.row + 1})` : "";
    const parts = [
      cells > 0 && `${count(cells, "missing input value")} in ${count(inputs.missingRows, "row")}${place}`,
      targets > 0 && `${count(targets, "missing target")}`,
    ].filter((part) => part !== false);
    return {
      strength: 1,
      says: `${parts.join(" and ")} reach${cells + targets === 1 ? "es" : ""} the network as NaN.`,
      where: columns,
      values: { cells, targets, rows: inputs.missingRows, row: first?.row },
    };
  },
});
