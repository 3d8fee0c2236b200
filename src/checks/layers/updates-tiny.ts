/** A step hardly changes any weight. */
import { defineCheck, unknown } from "../check.ts";
import { logRamp, number } from "../words.ts";

const [NONE, FULL] = [2e-4, 5e-6];

export const updatesTiny = defineCheck({
  id: "updates-tiny",
  title: "Steps hardly change the weights",
  thresholds: [
    {
      of: "size of a step by that of the weights",
      value: [NONE, FULL],
      origin: "published",
      source: "TheDeepChecker: log₁₀ below −4 is too slow",
    },
  ],
  needs: ["layers"],
  detect({ layers }) {
    const known = layers.at(0)?.layers.filter((layer) => layer.update !== undefined && Number.isFinite(layer.update));
    if (!known || known.length === 0) return unknown("updates");
    const largest = Math.max(...known.map((layer) => layer.update ?? 0));
    const strength = logRamp(Math.max(largest, 1e-12), NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says: `No step changes the weights of any layer by more than ${number(largest)} of their norm.`,
      values: { update: largest },
    };
  },
});
