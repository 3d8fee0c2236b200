/** Rows that follow each other in time are alike, and the split mixes them. */
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
      of: "share of the runs of equal neighbours that is missing",
      value: [FEWER, FULL],
      origin: "by hand",
      source: "a tenth is what a weak dependence leaves",
    },
    {
      of: "standard errors of that share",
      value: ERRORS,
      origin: "derived",
      source: "5 errors are no accident",
    },
  ],
  needs: ["profile"],
  also: ["sourceColumns"],
  detect({ sourceColumns = [], profile: { order, split, inTime } }) {
    if (split.kind !== "random" && split.kind !== "stratified") return;
    if (inTime?.overlapping)
      return {
        strength: 1,
        says: `The sequences overlap: with a ${split.kind} split, validation sequences share all but one of their rows with training sequences; a "tail" split would evaluate on later rows.`,
      };
    const rising = sourceColumns.filter((column) => column.rising).map(({ name }) => name);
    const dates = rising.length === 0 && inTime?.column ? [inTime.column] : rising;
    if (dates.length === 0) return;
    const missing = order.expectedRuns - order.runs;
    const alike = missing / Math.max(1, order.expectedRuns);
    if (alike < FEWER || missing < ERRORS * Math.sqrt(order.expectedRuns)) return;
    return {
      strength: ramp(alike, 0, FULL),
      says: `The rows are sorted by ${list(dates)} and consecutive targets are similar (${percent(alike)} fewer changes than by chance): a ${split.kind} split puts neighbours of the validation rows into training; a split by time would evaluate on later rows.`,
      where: dates,
      values: { alike },
    };
  },
});
