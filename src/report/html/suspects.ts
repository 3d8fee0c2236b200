/** The labels in doubt on the page: pictures where there are some, else a table. */

import { rowName } from "../../data/dataset.ts";
import { count, number } from "../../words.ts";
import type { Report } from "../report.ts";
import { counted } from "../words-errors.ts";
import { table } from "./chart.ts";
import { type Child, h, tied } from "./h.ts";
import { pictures } from "./pictures.ts";

export function suspectsSection({ suspects }: Report): Child {
  if (!suspects) return null;
  const pictured = suspects.filter(({ picture }) => picture);
  return h(
    "div",
    null,
    h(
      "p",
      null,
      tied(
        `The ${count(suspects.length)} likeliest first: look at them before you change any, as about half of such labels are right after all (of those flagged in ten public data sets 51 % were wrong; Northcutt et al. 2021).${counted(suspects.some(({ file }) => file))}`,
      ),
    ),
    pictured.length > 0 &&
      pictures(
        pictured.map((one) => ({
          src: one.picture!,
          alt: `${rowName(one)}, labelled ${one.given}`,
          says: [h("b", null, one.given), `, likely ${one.likely}, ${rowName(one)}`],
        })),
      ),
    pictured.length < suspects.length &&
      table(
        "By how much: the probability of the likely label less that of its own",
        ["row", "label", "likely", "by how much"],
        suspects.map(({ row, file, given, likely, confidence }) => [
          file ?? String(row),
          given,
          likely,
          number(confidence),
        ]),
      ),
  );
}
