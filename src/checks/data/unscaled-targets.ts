/** Regression targets are far from what an untrained network predicts. */
import { defineCheck } from "../check.ts";
import { logRamp, number } from "../words.ts";

const [NONE, FULL] = [8, 300];
const [TINY_NONE, TINY_FULL] = [0.03, 0.001];

export const unscaledTargets = defineCheck({
  id: "unscaled-targets",
  title: "Targets are not scaled",
  plain: true,
  thresholds: [
    {
      of: "mean or standard deviation of the targets",
      value: [NONE, FULL],
      origin: "by hand",
      source:
        "an untrained network predicts values of magnitude 1; Boston's prices (mean 22, standard deviation 9) train well with Adam, targets in the hundreds are not reached in any usual number of steps",
    },
    {
      of: "the same, where it is small",
      value: [TINY_NONE, TINY_FULL],
      origin: "by hand",
      source: "with targets far smaller than 1, a squared error has hardly any gradient",
    },
  ],
  needs: ["profile"],
  detect({ profile }) {
    if (profile.task !== "regression" || profile.target.kind !== "numbers") return;
    const size = (column: { mean: number; std: number }) => Math.max(Math.abs(column.mean), column.std);
    const [column] = [...profile.target.columns].sort((a, b) => size(b) - size(a));
    if (!column || !Number.isFinite(size(column))) return;
    const large = logRamp(Math.max(size(column), 1e-12), NONE, FULL);
    const tiny = column.std > 0 ? logRamp(Math.max(size(column), 1e-12), TINY_NONE, TINY_FULL) : 0;
    if (Math.max(large, tiny) === 0) return;
    return {
      strength: Math.max(large, tiny),
      says: `Target ${column.name} is not scaled: mean ${number(column.mean)}, standard deviation ${number(column.std)}. An untrained network predicts values of magnitude 1.`,
      where: [column.name],
      values: { mean: column.mean, std: column.std, kind: large > 0 ? "large" : "tiny" },
    };
  },
});
