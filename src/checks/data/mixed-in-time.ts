/** Neighbouring rows in time are alike, and the split mixes them. */
import { defineCheck } from "../check.ts";
import { list, percent, ramp } from "../words.ts";

const [FEWER, FULL, ERRORS] = [0.1, 0.5, 5];

export const mixedInTime = defineCheck({
  id: "mixed-in-time",
  title: "A random split of rows in time order",
  neutral: true,
  overview: true,
  thresholds: [
    {
      of: "share by which the runs of equal targets are fewer than in a random order",
      value: [FEWER, FULL],
      origin: "by hand",
      source: "a weak dependence makes a difference of a tenth",
    },
    {
      of: "standard errors of that share",
      value: ERRORS,
      origin: "derived",
      source: "five standard errors are no coincidence",
    },
  ],
  needs: ["profile"],
  also: ["sourceColumns"],
  detect({ sourceColumns = [], profile: { order, split, inTime } }) {
    if (split.kind !== "random" && split.kind !== "stratified") return;
    if (inTime?.overlapping)
      return {
        strength: 1,
        says: `The sequences overlap, and a ${split.kind} split evaluates on sequences that share all but one of their rows with training sequences. A split by time ("tail") would evaluate on future rows.`,
      };
    const rising = sourceColumns.filter((column) => column.rising).map(({ name }) => name);
    const dates = rising.length === 0 && inTime?.column ? [inTime.column] : rising;
    if (dates.length === 0) return;
    const missing = order.expectedRuns - order.runs;
    const alike = missing / Math.max(1, order.expectedRuns);
    if (alike < FEWER || missing < ERRORS * Math.sqrt(order.expectedRuns)) return;
    return {
      strength: ramp(alike, 0, FULL),
      says: `The rows are in the order of ${list(dates)}, and the targets of neighbouring rows are alike (${percent(alike)} fewer changes than by chance). A ${split.kind} split evaluates on rows between training rows; a split by time would evaluate on future rows.`,
      where: dates,
      values: { alike },
    };
  },
});
