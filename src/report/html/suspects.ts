/** The labels in doubt on the page: pictures where there are some, else a table. */
import { count, number } from "../format.ts";
import type { Report } from "../report.ts";
import { table } from "./chart.ts";
import { type Child, h } from "./h.ts";

export function suspectsSection({ suspects }: Report): Child {
  if (!suspects) return null;
  const pictured = suspects.filter(({ picture }) => picture);
  const rows = suspects.map(({ row, given, likely, confidence }) => [String(row), given, likely, number(confidence)]);
  return h(
    "div",
    null,
    h(
      "p",
      null,
      `The ${count(suspects.length)} likeliest first: look at them before you change any, as about half of such labels are right after all (of those flagged in ten public data sets 51 % were wrong; Northcutt et al. 2021). Rows are counted from 0.`,
    ),
    pictured.length > 0 &&
      h(
        "ul",
        { class: "pictures" },
        pictured.map(({ row, given, likely, picture }) =>
          h(
            "li",
            null,
            h("img", { src: picture!, alt: `Row ${row}, labelled ${given}`, width: 88 }),
            h("b", null, given),
            `, likely ${likely}, row ${row}`,
          ),
        ),
      ),
    pictured.length < suspects.length && table("Labels in doubt", ["row", "label", "likely", "by how much"], rows),
  );
}
