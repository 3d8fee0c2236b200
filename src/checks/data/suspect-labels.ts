/** Labels that disagree with what models trained on the other rows predict. */
import type { Case } from "../../case/case.ts";
import { rowName } from "../../data/dataset.ts";
import { defineCheck } from "../check.ts";
import { percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.04, 0.15];
export const CLEAR = 0.4;
const ERRORS = 2;

type Surest = NonNullable<NonNullable<Case["suspectLabels"]>["surest"]>;

/** The out-of-fold predictions are no better than chance, overall and where they are most confident: then a disagreement means nothing. */
function atChance({ rows, wrong, all, chance }: Surest): boolean {
  const error = (n: number) => ERRORS * Math.sqrt((chance * (1 - chance)) / Math.max(1, n));
  return wrong > chance - error(rows) && all > chance - error(3 * rows);
}

export const suspectLabels = defineCheck({
  id: "suspect-labels",
  title: "Labels that disagree with out-of-fold predictions",
  thresholds: [
    {
      of: "share of the labels",
      value: [NONE, FULL],
      origin: "published",
      source:
        "Northcutt et al. 2021 find 3.3 % wrong labels on average in ten public data sets, so it is reported above; full by hand",
    },
    {
      of: "probability of the predicted class minus that of the given label",
      value: CLEAR,
      origin: "measured",
      source:
        "label noise lowers this margin by about twice its share; at 0.4, 12 of 16 planted entries of the zoo exceed a share of 0.1 and no healthy one exceeds 0.07",
    },
    {
      of: "standard errors by which the out-of-fold predictions are better than chance",
      value: ERRORS,
      origin: "derived",
      source: "labels that are unrelated to the inputs pass it in 1 of 40 tables",
    },
  ],
  needs: ["suspectLabels"],
  detect({ suspectLabels: { share, rows, surest, network } }) {
    if (surest && atChance(surest)) return;
    const clear = rows.filter((one) => one.confidence >= CLEAR);
    const part = (share * clear.length) / Math.max(1, rows.length);
    if (!(part > NONE)) return;
    const named = (one: (typeof rows)[number]) => `${one.file ?? `row ${one.row}`}: ${one.given}, likely ${one.likely}`;
    const examples = clear
      .slice(0, 3)
      .map((one) => `${rowName(one)} is labelled ${one.given} but predicted as ${one.likely}`);
    return {
      strength: ramp(part, NONE / 2, FULL),
      says: `${percent(part)} of the labels clearly disagree with out-of-fold predictions${network ? ", including those of this network" : ""}: ${examples.join("; ")}.`,
      where: clear.slice(0, 50).map(named),
      values: { share: part, rows: clear.length },
    };
  },
});
