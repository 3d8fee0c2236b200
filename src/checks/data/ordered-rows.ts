/** The position of a row in the file is related to its target. */
import { defineCheck } from "../check.ts";
import { count, percent, ramp } from "../words.ts";

const [MEDIUM, FULL] = [0.06, 0.5];
const BY_CHANCE = 3;
const [FEWER, ERRORS] = [0.1, 5];

export const orderedRows = defineCheck({
  id: "ordered-rows",
  title: "The order of the rows is related to the target",
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
      of: "that share divided by its mean in a random order",
      value: BY_CHANCE,
      origin: "derived",
      source: "with 20 blocks, a random order exceeds three times the mean once in a hundred thousand",
    },
    {
      of: "share by which the runs of equal targets are fewer than in a random order, and its standard errors",
      value: [FEWER, ERRORS],
      origin: "derived",
      source: "five standard errors are no coincidence; a weak dependence makes a difference of a tenth",
    },
  ],
  needs: ["rowOrder", "profile"],
  detect({ rowOrder: { explained, chance, blocks }, profile: { order } }) {
    if (order.sorted) return;
    const missing = order.expectedRuns - order.runs;
    const alike = missing / Math.max(1, order.expectedRuns);
    // √(expected runs) is more than their standard error, whatever the classes.
    const neighbours = alike >= FEWER && missing >= ERRORS * Math.sqrt(order.expectedRuns);
    const differ = explained >= MEDIUM && explained >= BY_CHANCE * chance;
    if (!neighbours && !differ) return;
    const facts = [
      differ && `${count(blocks, "block")} of consecutive rows explain ${percent(explained)} of its variance`,
      neighbours && `the targets of neighbouring rows are alike (${percent(alike)} fewer changes than by chance)`,
    ].filter((fact) => fact !== false);
    return {
      strength: ramp(Math.max(differ ? explained : 0, neighbours ? alike : 0), 0, FULL),
      says: `The order of the rows is related to the target: ${facts.join(", and ")}.`,
      values: { explained, alike },
    };
  },
});
