/** Several kinds of augmentation, or far stronger than usual, change every training row. */
import { AMOUNTS, amountOf } from "../../plan/augmentation.ts";
import { defineCheck } from "../check.ts";
import { list, ramp } from "../words.ts";

const FULL = 5;

export const muchAugmentation = defineCheck({
  id: "much-augmentation",
  title: "Heavy augmentation",
  thresholds: [
    {
      of: "amounts of augmentation divided by their defaults, summed",
      value: [0, FULL],
      origin: "by hand",
      source: "one or two kinds with their default amounts are normal",
    },
  ],
  needs: ["dataPlan.augment"],
  detect({ dataPlan: { augment } }) {
    if (augment.length === 0) return;
    const much = augment.reduce((sum, one) => sum + amountOf(one) / AMOUNTS[one.name], 0);
    return {
      strength: ramp(much, 0, FULL),
      says: `The training rows are augmented with ${list(augment.map((one) => `${one.name} (${amountOf(one)})`))}.`,
      values: { kinds: augment.length, much },
    };
  },
});
