/** Regression targets that the output activation cannot reach. */
import { largest } from "../../lists.ts";
import { defineCheck } from "../check.ts";
import { outputActivation, reach } from "../facts.ts";
import { number, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.05, 0.5];
const MEAN = 0.8;

export const targetOutOfReach = defineCheck({
  id: "target-out-of-reach",
  title: "Targets that the output cannot reach",
  plain: true,
  thresholds: [
    {
      of: "share of the targets' range beyond the output's",
      value: [NONE, FULL],
      origin: "by hand",
      source: "a twentieth of the range costs nothing that a score shows",
    },
    {
      of: "that share where even the mean lies outside",
      value: MEAN,
      origin: "derived",
      source: "nearly all rows lie outside then",
    },
  ],
  needs: ["network", "profile"],
  detect({ network, profile }) {
    if (profile.task !== "regression" || profile.target.kind !== "numbers") return;
    const activation = outputActivation(network);
    const [low, high] = reach(activation);
    const parts = profile.target.columns.map(({ min, max, mean, std }) => {
      const range = max - min;
      if (!(range > 0)) return 0;
      const outside = (Math.max(0, low - min) + Math.max(0, max - high)) / range;
      const beyond = Math.max(low - mean, mean - high) / std;
      return Math.min(1, Math.max(outside, beyond > 0 ? MEAN : 0));
    });
    const worst = largest(parts);
    if (!(worst > NONE)) return;
    const column = profile.target.columns[parts.indexOf(worst)];
    return {
      strength: ramp(worst, 0, FULL),
      says: `The output activation ${activation} can only produce ${number(low)} to ${number(high)}; ${percent(worst)} of the range of the targets (${number(column.min)} to ${number(column.max)}) lies outside.`,
      where: [column.name],
      values: { share: worst, activation },
    };
  },
});
