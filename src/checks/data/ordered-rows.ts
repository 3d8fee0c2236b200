/** The place of a row in the file tells something of its target. */
import { defineCheck } from "../check.ts";
import { percent, ramp } from "../words.ts";

const [MEDIUM, FULL] = [0.06, 0.5];
const BY_CHANCE = 3;
const [FEWER, ERRORS] = [0.1, 5];

export const orderedRows = defineCheck({
  id: "ordered-rows",
  title: "The order of the rows tells the target",
  neutral: true,
  overview: true,
  thresholds: [
    {
      of: "share of the targets' variance between blocks of rows (η²)",
      value: [MEDIUM, FULL],
      origin: "published",
      source: "Cohen's medium effect",
    },
    {
      of: "that share by its mean in a random order",
      value: BY_CHANCE,
      origin: "derived",
      source: "of 20 blocks a random order passes three times the mean once in a hundred thousand",
    },
    {
      of: "share of the runs of equal neighbours that is missing, and its standard errors",
      value: [FEWER, ERRORS],
      origin: "derived",
      source: "5 errors are no accident; a tenth is what a weak dependence leaves",
    },
  ],
  needs: ["rowOrder", "profile"],
  detect({ rowOrder: { explained, chance }, profile: { order } }) {
    if (order.sorted) return;
    const missing = order.expectedRuns - order.runs;
    const alike = missing / Math.max(1, order.expectedRuns);
    // √(expected runs) is more than their standard error, whatever the classes.
    const neighbours = alike >= FEWER && missing >= ERRORS * Math.sqrt(order.expectedRuns);
    const blocks = explained >= MEDIUM && explained >= BY_CHANCE * chance;
    if (!neighbours && !blocks) return;
    const facts = [
      blocks && `20 consecutive blocks of the file explain ${percent(explained)} of the target's variance`,
      neighbours && `consecutive rows have similar targets (${percent(alike)} fewer changes than by chance)`,
    ].filter((fact) => fact !== false);
    return {
      strength: ramp(Math.max(blocks ? explained : 0, neighbours ? alike : 0), 0, FULL),
      says: `The row order is related to the target: ${facts.join(", and ")}.`,
      values: { explained, alike },
    };
  },
});
