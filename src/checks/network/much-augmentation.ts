/** Augmentation, several kinds or far more than usual, changes every training row. */
import { AMOUNTS, amountOf } from "../../plan/augmentation.ts";
import { defineCheck } from "../check.ts";
import { list, ramp } from "../words.ts";

const FULL = 5;

export const muchAugmentation = defineCheck({
  id: "much-augmentation",
  title: "Much augmentation",
  thresholds: [
    {
      of: "kinds of augmentation, each as often as it is stronger than usual",
      value: [0, FULL],
      origin: "by hand",
      source: "one or two of the amounts that silence means are usual",
    },
  ],
  needs: ["dataPlan.augment"],
  detect({ dataPlan: { augment } }) {
    if (augment.length === 0) return;
    const much = augment.reduce((sum, one) => sum + amountOf(one) / AMOUNTS[one.name], 0);
    return {
      strength: ramp(much, 0, FULL),
      says: `Training rows are augmented by ${list(augment.map((one) => `${one.name} (${amountOf(one)})`))}.`,
      values: { kinds: augment.length, much },
    };
  },
});
