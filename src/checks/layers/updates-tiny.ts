/** A step hardly changes any weight. */
import { defineCheck, unknown } from "../check.ts";
import { logRamp, number } from "../words.ts";

const [NONE, FULL] = [2e-4, 5e-6];

export const updatesTiny = defineCheck({
  id: "updates-tiny",
  title: "Weight updates are very small",
  thresholds: [
    {
      of: "norm of an update divided by that of the weights",
      value: [NONE, FULL],
      origin: "published",
      source: "TheDeepChecker: log₁₀ below −4 is too slow",
    },
  ],
  needs: ["layers"],
  detect({ layers }) {
    const known = layers.at(0)?.layers.filter((layer) => layer.update !== undefined && Number.isFinite(layer.update));
    if (!known || known.length === 0) return unknown("weight updates");
    const largest = Math.max(...known.map((layer) => layer.update ?? 0));
    const strength = logRamp(Math.max(largest, 1e-12), NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says:
        largest > 0
          ? `Early in training, one step changes the weights of each layer by at most ${number(largest)} times their norm.`
          : "Early in training, a step does not change any weight.",
      values: { update: largest },
    };
  },
});
