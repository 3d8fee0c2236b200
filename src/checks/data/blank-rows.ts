/** Rows in which every input is the same number. */
import { defineCheck } from "../check.ts";
import { percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.02, 0.2];
const FEW_COLUMNS = 8;
const NOWHERE = 0.01;

export const blankRows = defineCheck({
  id: "blank-rows",
  title: "Blank rows: every input is the same number",
  thresholds: [
    {
      of: "share of the rows",
      value: [NONE, FULL],
      origin: "by hand",
      source: "a single blank image may occur; from 2 % of the rows it is a loading error",
    },
    {
      of: "input columns",
      value: FEW_COLUMNS,
      origin: "by hand",
      source: "in a table of few columns, a row of equal numbers is a row like any other",
    },
    {
      of: "share of the values of other rows that are the same number, where the columns are few",
      value: NOWHERE,
      origin: "by hand",
      source: "a number that no other row contains is not a measurement, whatever the number of columns",
    },
  ],
  needs: ["blankRows"],
  also: ["profile"],
  detect({ blankRows: blank, profile }) {
    const share = Math.max(blank.train, blank.validation);
    const few = profile !== undefined && profile.features < FEW_COLUMNS;
    if (share <= NONE || (few && !((blank.elsewhere ?? 1) <= NOWHERE))) return;
    const parts = (["train", "validation"] as const).filter((part) => blank[part] > 0);
    const shares = parts.map(
      (part) => `${percent(blank[part])} of the ${part === "train" ? "training" : "validation"} rows`,
    );
    return {
      strength: ramp(share, 0, FULL),
      says: `In ${shares.join(" and ")}, every input is the same number.`,
      values: { train: blank.train, validation: blank.validation },
    };
  },
});
