/** Validation rows that are also training rows. */
import { defineCheck } from "../check.ts";
import { roomForRows } from "../facts.ts";
import { percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.03, 0.25];
const ROOM = 3;

export const rowsInBoth = defineCheck({
  id: "rows-in-both",
  title: "Validation rows that are also training rows",
  thresholds: [
    {
      of: "share of the validation rows",
      value: [NONE, FULL],
      origin: "by hand",
      source: "a few equal rows are usual in tables of few distinct values",
    },
    {
      of: "decades of possible rows beyond the rows there are",
      value: ROOM,
      origin: "by hand",
      source: "where a thousand times as many different rows are possible, equal ones are no chance",
    },
  ],
  needs: ["profile"],
  also: ["nearCopies"],
  detect({ profile, nearCopies }) {
    if (profile.split.validation === 0) return;
    // In a table of few distinct values rows are equal by chance.
    if (roomForRows(profile) < ROOM) return;
    // Looked at by how dense the rows lie, and none is a copy: rows are equal because values are coarse.
    const equal = nearCopies?.share === 0 ? 0 : profile.duplicates.across / profile.split.validation;
    const near = nearCopies?.share ?? 0;
    const share = Math.max(equal, near);
    if (share <= NONE) return;
    return {
      strength: ramp(share, 0, FULL),
      says: `${percent(share)} of the validation rows are ${equal >= near ? "identical to" : "near copies of"} a training row.`,
      values: { equal, near },
    };
  },
});
