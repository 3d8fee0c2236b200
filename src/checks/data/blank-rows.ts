/** Rows whose inputs are all the same number. */
import { defineCheck } from "../check.ts";
import { percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.02, 0.2];
const FEW_COLUMNS = 8;
const NOWHERE = 0.01;

export const blankRows = defineCheck({
  id: "blank-rows",
  title: "Rows without content",
  thresholds: [
    {
      of: "share of the rows",
      value: [NONE, FULL],
      origin: "by hand",
      source: "one blank image may happen; from 2 % of the rows it is a fault of loading",
    },
    {
      of: "input columns",
      value: FEW_COLUMNS,
      origin: "by hand",
      source: "in a table of a few columns an equal row is a row like any other",
    },
    {
      of: "share of the cells of other rows that hold the same number, where the columns are few",
      value: NOWHERE,
      origin: "by hand",
      source: "a number that no other row holds is no measurement, whatever the number of columns",
    },
  ],
  needs: ["blankRows"],
  also: ["profile"],
  detect({ blankRows: blank, profile }) {
    const share = Math.max(blank.train, blank.validation);
    const few = profile !== undefined && profile.features < FEW_COLUMNS;
    if (share <= NONE || (few && !((blank.elsewhere ?? 1) <= NOWHERE))) return;
    return {
      strength: ramp(share, 0, FULL),
      says: `In ${percent(blank.train)} of the training rows and ${percent(blank.validation)} of the validation rows all inputs have the same value.`,
      values: { train: blank.train, validation: blank.validation },
    };
  },
});
