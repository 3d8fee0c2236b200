/** Missing values reach the network. */
import { rowName } from "../../data/dataset.ts";
import { defineCheck } from "../check.ts";
import { count, form, list } from "../words.ts";

export const missingValues = defineCheck({
  id: "missing-values",
  title: "Missing values reach the network",
  plain: true,
  thresholds: [
    {
      of: "missing values",
      value: 0,
      origin: "exact",
      source: "one is enough: a single NaN turns every weight into NaN within one step",
    },
  ],
  needs: ["profile"],
  detect({ profile: { inputs, target } }) {
    const { missing: targets } = target;
    const cells = inputs.missingCells;
    if (cells + targets === 0) return;
    const columns = inputs.missing.map((one) => one.column);
    const [first] = inputs.missing.flatMap(({ rows: [row], line }) => (row === undefined ? [] : [{ row, line }]));
    const place = first
      ? `: ${form(columns.length, "column", "columns")} ${list(columns)}, for example in ${rowName(first)}`
      : "";
    const parts = [
      cells > 0 && `${count(cells, "missing input value")} in ${count(inputs.missingRows, "row")}`,
      targets > 0 && count(targets, "missing target"),
    ].filter((part) => part !== false);
    return {
      strength: 1,
      says: `${parts.join(" and ")} ${form(cells + targets, "reaches", "reach")} the network as NaN${place}.`,
      where: columns,
      values: { cells, targets, rows: inputs.missingRows, row: first?.row },
    };
  },
});
