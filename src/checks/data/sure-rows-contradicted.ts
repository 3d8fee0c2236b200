/** Labels contradict the other rows even where these are surest: an overlap of classes spares such rows, wrong labels do not. */
import type { Case } from "../../case/case.ts";
import { defineCheck, unknown } from "../check.ts";
import { percent, ramp } from "../words.ts";

const [LEAST, FULL] = [0.1, 0.2];
const EVEN = 0.75;
const KNOWN = 0.6;

type Surest = NonNullable<NonNullable<Case["suspectLabels"]>["surest"]>;

/** As often among the surest as elsewhere, and yet far below chance. */
export function isEven({ rows, wrong, all, chance }: Surest): boolean {
  const error = Math.sqrt((wrong * (1 - wrong)) / Math.max(1, rows));
  return wrong - error > LEAST && wrong >= EVEN * all && wrong <= (1 - KNOWN) * chance;
}

export const sureRowsContradicted = defineCheck({
  id: "sure-rows-contradicted",
  title: "Labels contradict the other rows where these are surest",
  thresholds: [
    {
      of: "share of the surest third that is contradicted",
      value: [LEAST, FULL],
      origin: "measured",
      source:
        "beyond its standard error; at most 0.03 in the healthy classifiers of the zoo whose labels can be learnt",
    },
    {
      of: "that share by the share of all rows",
      value: EVEN,
      origin: "measured",
      source: "in the zoo at most 0.44 where classes overlap, 0.6 to 1 where labels are wrong",
    },
    {
      of: "part of what chance would contradict that the other rows tell",
      value: KNOWN,
      origin: "by hand",
      source: "a faint signal (a probit of one normal input) is even only where it tells less than half",
    },
  ],
  needs: ["suspectLabels"],
  detect({ suspectLabels: { surest } }) {
    if (!surest) return unknown("how sure the other rows are");
    if (!isEven(surest)) return;
    return {
      strength: ramp(surest.wrong, 0, FULL),
      says: `Of the third of the rows whose neighbours agree most, ${percent(surest.wrong)} have a different label, of all rows ${percent(surest.all)}: overlapping classes would leave those rows alone.`,
      values: { wrong: surest.wrong, all: surest.all, chance: surest.chance },
    };
  },
});
