/** Inputs have been squeezed until they hardly vary. */

import { mean } from "../../data/statistics.ts";
import { largest } from "../../lists.ts";
import { defineCheck } from "../check.ts";
import { logRamp, number, percent } from "../words.ts";

const [NONE, FULL] = [0.25, 0.03];
const [WIDE, UNEVEN, TOLD] = [10, 0.3, 0.2];

export const squeezedInputs = defineCheck({
  id: "squeezed-inputs",
  title: "Inputs hardly vary",
  plain: true,
  thresholds: [
    {
      of: "span of a column",
      value: [NONE, FULL],
      origin: "by hand",
      source: "scaled columns span at least 1: a span of 0.2 is 5 times less, 0.01 is lost",
    },
    {
      of: "strength of the mean column from which it is told",
      value: TOLD,
      origin: "by hand",
      source: "a single narrow column among many costs nothing",
    },
    {
      of: "span of a column that makes narrow ones uneven, and the part that is left",
      value: [WIDE, UNEVEN],
      origin: "by hand",
      source: "beside columns that are wide, a narrow one is uneven, not squeezed",
    },
  ],
  needs: ["profile"],
  detect({ profile }) {
    const columns = profile.columns.filter((column) => column.std > 0 && (profile.images || column.distinct > 2));
    if (columns.length === 0) return;
    const spans = columns.map((column) => column.max - column.min);
    const squeezed = columns.filter((_, i) => spans[i] < NONE);
    const wide = largest(spans) > WIDE ? UNEVEN : 1;
    const strength = wide * mean(spans.map((span) => logRamp(Math.max(span, 1e-12), NONE, FULL)));
    if (strength < TOLD) return;
    const widest = largest(squeezed.map((column) => column.max - column.min));
    return {
      strength,
      says: `${profile.images ? `The ${columns[0].name} have` : `${percent(squeezed.length / columns.length)} of the input columns that vary have`} a range of at most ${number(widest)}.`,
      where: squeezed.map((column) => column.name),
      values: { share: squeezed.length / columns.length, span: mean(spans) },
    };
  },
});
