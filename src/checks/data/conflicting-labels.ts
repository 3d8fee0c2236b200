/** Rows that are equal in all inputs carry different labels. */
import { defineCheck } from "../check.ts";
import { roomForRows } from "../facts.ts";
import { percent, ramp } from "../words.ts";

const [NONE, FULL] = [0, 0.06];
const ROOM = 3;

export const conflictingLabels = defineCheck({
  id: "conflicting-labels",
  title: "Equal inputs, different labels",
  thresholds: [
    {
      of: "share of the rows that no answer can get right",
      value: [NONE, FULL],
      origin: "published",
      source: "deepchecks allows none (ConflictingLabels); full at twice a gain worth having",
    },
    {
      of: "decades of possible rows beyond the rows there are",
      value: ROOM,
      origin: "by hand",
      source: "where a thousand times as many different rows are possible, equal ones are no chance",
    },
  ],
  needs: ["conflictingLabels", "profile"],
  detect({ conflictingLabels: { share, lost, example }, profile }) {
    if (lost <= NONE || roomForRows(profile) < ROOM) return;
    const pair = example?.files?.join(" and ") ?? `rows ${example?.rows.map((row) => row + 1).join(" and ")}`;
    const shown = example ? ` (${pair}: ${example.labels.join(" and ")})` : "";
    return {
      strength: ramp(lost, NONE, FULL),
      says: `${percent(share)} of the rows have the same inputs as another row with a different label${shown}: no network can predict more than ${percent(1 - lost)} of the rows correctly.`,
      where: example?.rows.map(String),
      values: { share, lost },
    };
  },
});
