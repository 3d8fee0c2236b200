/** Rows whose label no other row would lead one to expect. */
import { defineCheck } from "../check.ts";
import { list, percent, ramp } from "../words.ts";

// Real data sets carry a few per cent of wrong labels (Northcutt et al. 2021: 3.3 % on average of ten). Full at 15 %, chosen by hand.
const [NONE, FULL] = [0.04, 0.15];

export const suspectLabels = defineCheck({
  id: "suspect-labels",
  title: "Labels that contradict the other rows",
  needs: ["suspectLabels"],
  detect({ suspectLabels: { share, rows } }) {
    if (!(share > NONE)) return;
    const shown = rows.slice(0, 3).map((one) => `row ${one.row}: ${one.given}, likely ${one.likely}`);
    return {
      strength: ramp(share, NONE / 2, FULL),
      says: `${percent(share)} of the labels contradict what the other rows say (${list(shown)}).`,
      where: rows.slice(0, 20).map((one) => String(one.row)),
      values: { share, rows: rows.length },
    };
  },
});
