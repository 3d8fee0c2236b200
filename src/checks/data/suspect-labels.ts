/** Rows whose label no other row would lead one to expect. */
import type { Case } from "../../case/case.ts";
import { rowName } from "../../data/dataset.ts";
import { defineCheck } from "../check.ts";
import { list, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.04, 0.15];
export const CLEAR = 0.4;
const ERRORS = 2;

type Surest = NonNullable<NonNullable<Case["suspectLabels"]>["surest"]>;

/** The other rows tell the labels no better than chance does, all of them or where they are surest: then they contradict nothing. */
function tellNothing({ rows, wrong, all, chance }: Surest): boolean {
  const error = (n: number) => ERRORS * Math.sqrt((chance * (1 - chance)) / Math.max(1, n));
  return wrong > chance - error(rows) && all > chance - error(3 * rows);
}

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
    {
      of: "standard errors by which the other rows tell labels better than chance",
      value: ERRORS,
      origin: "derived",
      source: "labels that nothing tells pass it in 1 of 40 tables",
    },
  ],
  needs: ["suspectLabels"],
  detect({ suspectLabels: { share, rows, surest, network } }) {
    if (surest && tellNothing(surest)) return;
    const clear = rows.filter((one) => one.confidence >= CLEAR);
    const part = (share * clear.length) / Math.max(1, rows.length);
    if (!(part > NONE)) return;
    const says = (one: (typeof rows)[number]) => `${rowName(one)}: ${one.given}, likely ${one.likely}`;
    return {
      strength: ramp(part, NONE / 2, FULL),
      says: `${percent(part)} of the labels clearly contradict the other rows${network ? ", according to this network trained on them too" : ""} (${list(clear.slice(0, 3).map(says))}).`,
      where: clear.slice(0, 50).map(says),
      values: { share: part, rows: clear.length },
    };
  },
});
