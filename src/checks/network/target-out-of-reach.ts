/** Regression targets outside the range of the output activation. */
import { largest } from "../../lists.ts";
import { defineCheck } from "../check.ts";
import { outputActivation, reach } from "../facts.ts";
import { number, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.05, 0.5];
const MEAN = 0.8;

export const targetOutOfReach = defineCheck({
  id: "target-out-of-reach",
  title: "Targets outside the range of the output activation",
  plain: true,
  thresholds: [
    {
      of: "share of the range of the targets outside that of the output",
      value: [NONE, FULL],
      origin: "by hand",
      source: "a twentieth of the range does not affect a score",
    },
    {
      of: "least such share where even the mean target is outside",
      value: MEAN,
      origin: "derived",
      source: "then nearly all rows are outside",
    },
  ],
  needs: ["network", "profile"],
  detect({ network, profile }) {
    if (profile.task !== "regression" || profile.target.kind !== "numbers") return;
    const activation = outputActivation(network);
    const [low, high] = reach(activation);
    const shares = profile.target.columns.map(({ min, max }) =>
      max > min ? Math.min(1, (Math.max(0, low - min) + Math.max(0, max - high)) / (max - min)) : 0,
    );
    const parts = profile.target.columns.map(({ min, max, mean, std }, i) => {
      const beyond = Math.max(low - mean, mean - high) / std;
      return max > min ? Math.max(shares[i], beyond > 0 ? MEAN : 0) : 0;
    });
    const worst = largest(parts);
    if (!(worst > NONE)) return;
    const at = parts.indexOf(worst);
    const column = profile.target.columns[at];
    const limits = Number.isFinite(high) ? `from ${number(low)} to ${number(high)}` : `from ${number(low)} upwards`;
    return {
      strength: ramp(worst, 0, FULL),
      says: `The output activation ${activation} gives values ${limits}, but ${percent(shares[at])} of the range of target ${column.name} (${number(column.min)} to ${number(column.max)}) is outside.`,
      where: [column.name],
      values: { share: worst, activation },
    };
  },
});
