/** Regression targets lie far from where a fresh network's outputs are. */
import { defineCheck } from "../check.ts";
import { logRamp, number } from "../words.ts";

const [NONE, FULL] = [8, 300];
const [TINY_NONE, TINY_FULL] = [0.03, 0.001];

export const unscaledTargets = defineCheck({
  id: "unscaled-targets",
  title: "Targets are far from the size of 1",
  plain: true,
  thresholds: [
    {
      of: "mean or spread of the targets",
      value: [NONE, FULL],
      origin: "by hand",
      source:
        "a fresh network answers with numbers of size 1; Boston's prices (mean 22, spread 9) train well with Adam, in the hundreds no usual budget of steps gets there",
    },
    {
      of: "the same, where it is small",
      value: [TINY_NONE, TINY_FULL],
      origin: "by hand",
      source: "targets far smaller than 1 leave a squared error without gradient",
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
      says: `The targets (${column.name}) are not scaled: mean ${number(column.mean)}, standard deviation ${number(column.std)}; an untrained network predicts values of about 1.`,
      where: [column.name],
      values: { mean: column.mean, std: column.std, kind: large > 0 ? "large" : "tiny" },
    };
  },
});
