/** Before the first step the loss is far above that of a network that knows nothing. */
import { mean } from "../../data/statistics.ts";
import { defineCheck, unknown } from "../check.ts";
import { isCrossEntropy, outputUnits } from "../facts.ts";
import { logRamp, number } from "../words.ts";

const [NONE, FULL] = [1.8, 10];

export const initialLossHigh = defineCheck({
  id: "initial-loss-high",
  title: "The first loss is far above that of knowing nothing",
  thresholds: [
    {
      of: "first loss by that of knowing nothing",
      value: [NONE, FULL],
      origin: "published",
      source: "TheDeepChecker: |L₀ − ln K| ≥ ln K, that is twice; ten times is full",
    },
  ],
  needs: ["initial", "profile", "training.loss.name"],
  also: ["network", "task", "start.layers"],
  detect({ initial, profile, training: { loss }, network, task, start }) {
    if (!Number.isFinite(initial.loss)) return unknown("a loss at the start");
    const units = outputUnits({ network, task: task ?? profile.task, start });
    const { target } = profile;
    const expected =
      target?.kind === "classes" && isCrossEntropy(loss.name)
        ? Math.log(Math.max(2, units ?? target.classes.length))
        : target?.kind === "numbers" && loss.name === "meanSquaredError" && target.columns.length > 0
          ? mean(target.columns.map((c) => c.std ** 2 + c.mean ** 2))
          : undefined;
    if (expected === undefined) return unknown("the loss of knowing nothing");
    const ratio = initial.loss / Math.max(expected, 1e-12);
    const strength = logRamp(Math.max(ratio, 1e-12), NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says: `The loss starts at ${number(initial.loss)}; a network that knows nothing and says so starts near ${number(expected)}.`,
      values: { loss: initial.loss, expected, ratio },
    };
  },
});
