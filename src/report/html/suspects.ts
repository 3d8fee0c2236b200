/** The labels that may be wrong: pictures where there are some, else a table. */

import { rowName } from "../../data/dataset.ts";
import { count, number } from "../../words.ts";
import type { Report } from "../report.ts";
import { table } from "./chart.ts";
import { placeCells, placeHead } from "./errors.ts";
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
        `${count(suspects.length, "label")}, the most doubtful first. Check each one before changing it: of the labels flagged in this way in ten public data sets, 51 % were wrong (Northcutt et al. 2021).`,
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
        "Margin: the predicted probability of the likely label minus that of the given label",
        [...placeHead(suspects), "given label", "likely label", "margin"],
        suspects.map(({ row, line, file, given, likely, confidence }) => [
          ...placeCells({ row, line, file }, suspects),
          given,
          likely,
          number(confidence),
        ]),
      ),
  );
}
