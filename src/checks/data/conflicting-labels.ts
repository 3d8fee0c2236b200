/** Rows with the same inputs have different labels. */

import { rowName } from "../../data/dataset.ts";
import { defineCheck } from "../check.ts";
import { roomForRows } from "../facts.ts";
import { percent, ramp } from "../words.ts";

const [NONE, FULL] = [0, 0.06];
const ROOM = 3;

export const conflictingLabels = defineCheck({
  id: "conflicting-labels",
  title: "Identical inputs with different labels",
  thresholds: [
    {
      of: "share of the rows that no classifier can predict correctly",
      value: [NONE, FULL],
      origin: "published",
      source:
        "deepchecks allows none (ConflictingLabels); full at twice the smallest gain that counts as an improvement",
    },
    {
      of: "log₁₀ of the number of possible rows for each actual row",
      value: ROOM,
      origin: "by hand",
      source: "where a thousand times as many different rows are possible, equal rows are no coincidence",
    },
  ],
  needs: ["conflictingLabels", "profile"],
  detect({ conflictingLabels: { share, lost, example }, profile }) {
    if (lost <= NONE || roomForRows(profile) < ROOM) return;
    const named = example?.rows.map(
      (row, i) =>
        `${rowName({ row, line: example.lines?.[i], file: example.files?.[i] })} with label ${example.labels[i]}`,
    );
    const shown = named ? `, for example ${named.join(" and ")}` : "";
    return {
      strength: ramp(lost, NONE, FULL),
      says: `${percent(share)} of the rows have the same inputs as a row with another label${shown}. The highest possible accuracy on all rows is ${percent(1 - lost)}.`,
      where: example?.rows.map(String),
      values: { share, lost },
    };
  },
});
