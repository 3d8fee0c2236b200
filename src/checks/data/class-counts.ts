/** One class is far more frequent than another. */
import { defineCheck } from "../check.ts";
import { logRamp, number, percent } from "../words.ts";

const [NONE, FULL] = [3, 15];

export const classCounts = defineCheck({
  id: "class-counts",
  title: "Classes are of very different size",
  thresholds: [
    {
      of: "rows of the largest class by those of the smallest",
      value: [NONE, FULL],
      origin: "published",
      source: "SageMaker Debugger's ClassImbalance warns from 10; from 3 it begins to matter for balanced scores",
    },
  ],
  needs: ["profile"],
  also: ["dataPlan.classWeights", "dataPlan.resample"],
  detect({ profile, dataPlan: { classWeights = "none", resample = "none" } = {} }) {
    if (profile.target.kind !== "classes") return;
    // Weights or repeated rows even the classes out already.
    if (classWeights !== "none" || resample !== "none") return;
    const classes = profile.target.classes.filter((one) => one.train > 0).sort((a, b) => b.train - a.train);
    if (classes.length < 2) return;
    const [most, least] = [classes[0], classes[classes.length - 1]];
    const ratio = most.train / least.train;
    const strength = logRamp(ratio, NONE, FULL);
    if (strength === 0) return;
    const share = most.train / classes.reduce((sum, one) => sum + one.train, 0);
    return {
      strength,
      says: `Class ${most.name} has ${percent(share)} of the training rows, ${number(ratio)} times as many as ${least.name}.`,
      where: [least.name],
      values: { ratio, share },
    };
  },
});
