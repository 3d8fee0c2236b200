/** Labels disagree even with the most confident out-of-fold predictions: wrong labels do that, overlapping classes do not. */
import type { Case } from "../../case/case.ts";
import { defineCheck, unknown } from "../check.ts";
import { percent, ramp } from "../words.ts";

const [LEAST, FULL] = [0.1, 0.2];
const EVEN = 0.75;
const KNOWN = 0.6;

type Surest = NonNullable<NonNullable<Case["suspectLabels"]>["surest"]>;

/** About as often among the most confident predictions as elsewhere, and yet far below chance. */
export function isEven({ rows, wrong, all, chance }: Surest): boolean {
  const error = Math.sqrt((wrong * (1 - wrong)) / Math.max(1, rows));
  return wrong - error > LEAST && wrong >= EVEN * all && wrong <= (1 - KNOWN) * chance;
}

export const sureRowsContradicted = defineCheck({
  id: "sure-rows-contradicted",
  title: "Labels disagree with the most confident predictions",
  thresholds: [
    {
      of: "share of the labels that disagree with the most confident third of the out-of-fold predictions",
      value: [LEAST, FULL],
      origin: "measured",
      source:
        "beyond its standard error; at most 0.03 in the healthy classifiers of the zoo whose labels can be learned",
    },
    {
      of: "that share divided by the share among all rows",
      value: EVEN,
      origin: "measured",
      source: "in the zoo at most 0.44 where classes overlap, 0.6 to 1 where labels are wrong",
    },
    {
      of: "part by which the share lies below that of a constant prediction",
      value: KNOWN,
      origin: "by hand",
      source: "a weak signal (a probit of one normal input) is as even only where it lies below by less than half",
    },
  ],
  needs: ["suspectLabels"],
  detect({ suspectLabels: { surest } }) {
    if (!surest) return unknown("how confident the out-of-fold predictions are");
    if (!isEven(surest)) return;
    return {
      strength: ramp(surest.wrong, 0, FULL),
      says: `${percent(surest.wrong)} of the labels disagree with the most confident third of the out-of-fold predictions, and ${percent(surest.all)} with all of them. If classes merely overlapped, confident predictions would rarely be wrong.`,
      values: { wrong: surest.wrong, all: surest.all, chance: surest.chance },
    };
  },
});
