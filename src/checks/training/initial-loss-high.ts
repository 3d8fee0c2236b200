/** Before the first step, the loss is far above that of a well-initialized network. */
import { mean } from "../../data/statistics.ts";
import { defineCheck, unknown } from "../check.ts";
import { isCrossEntropy, outputUnits } from "../facts.ts";
import { logRamp, number } from "../words.ts";

const [NONE, FULL] = [1.8, 10];

export const initialLossHigh = defineCheck({
  id: "initial-loss-high",
  title: "The initial loss is far too high",
  thresholds: [
    {
      of: "initial loss divided by that of equal probabilities, or of predicting 0",
      value: [NONE, FULL],
      origin: "published",
      source: "TheDeepChecker: |L₀ − ln K| ≥ ln K, that is twice; full at ten times",
    },
  ],
  needs: ["initial", "profile", "training.loss.name"],
  also: ["network", "task", "start.layers"],
  detect({ initial, profile, training: { loss }, network, task, start }) {
    if (!Number.isFinite(initial.loss)) return unknown("a loss before training");
    const units = outputUnits({ network, task: task ?? profile.task, start });
    const { target } = profile;
    const classes = Math.max(2, units ?? (target?.kind === "classes" ? target.classes.length : 0));
    const ofClasses = target?.kind === "classes" && isCrossEntropy(loss.name);
    const expected = ofClasses
      ? Math.log(classes)
      : target?.kind === "numbers" && loss.name === "meanSquaredError" && target.columns.length > 0
        ? mean(target.columns.map((c) => c.std ** 2 + c.mean ** 2))
        : undefined;
    if (expected === undefined) return unknown("the expected initial loss");
    const ratio = initial.loss / Math.max(expected, 1e-12);
    const strength = logRamp(Math.max(ratio, 1e-12), NONE, FULL);
    if (strength === 0) return;
    const usual = ofClasses
      ? `an untrained ${classes}-class network should start near ln ${classes} = ${number(expected)}`
      : `predicting 0 for every row has a loss of ${number(expected)}`;
    return {
      strength,
      says: `The initial loss is ${number(initial.loss)}; ${usual}.`,
      values: { loss: initial.loss, expected, ratio },
    };
  },
});
