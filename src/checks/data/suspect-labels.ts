/** Rows whose label no other row would lead one to expect. */
import { rowName } from "../../data/dataset.ts";
import { defineCheck } from "../check.ts";
import { list, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.04, 0.15];
export const CLEAR = 0.4;

export const suspectLabels = defineCheck({
  id: "suspect-labels",
  title: "Labels that contradict the other rows",
  thresholds: [
    {
      of: "share of the labels",
      value: [NONE, FULL],
      origin: "published",
      source:
        "Northcutt et al. 2021 find 3.3 % wrong labels on average in ten public data sets, so it is told above; full by hand",
    },
    {
      of: "probability of the likely class less that of the given",
      value: CLEAR,
      origin: "measured",
      source:
        "noise shrinks what the other rows say by about twice its share; at 0.4, 12 of 16 planted entries of the zoo pass a share of 0.1 and no healthy one passes 0.07",
    },
  ],
  needs: ["suspectLabels"],
  detect({ suspectLabels: { share, rows, network } }) {
    const clear = rows.filter((one) => one.confidence >= CLEAR);
    const part = (share * clear.length) / Math.max(1, rows.length);
    if (!(part > NONE)) return;
    const says = (one: (typeof rows)[number]) => `${rowName(one)}: ${one.given}, likely ${one.likely}`;
    return {
      strength: ramp(part, NONE / 2, FULL),
      says: `${percent(part)} of the labels clearly contradict what the other rows say${network ? ", trainings of this network on the others among them" : ""} (${list(clear.slice(0, 3).map(says))}).`,
      where: clear.slice(0, 50).map(says),
      values: { share: part, rows: clear.length },
    };
  },
});
