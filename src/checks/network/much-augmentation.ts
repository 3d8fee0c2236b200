/** Several augmentations change every training row. */
import { defineCheck } from "../check.ts";
import { list, ramp } from "../words.ts";

const FULL = 5;

export const muchAugmentation = defineCheck({
  id: "much-augmentation",
  title: "Much augmentation",
  thresholds: [{ of: "kinds of augmentation", value: [0, FULL], origin: "by hand", source: "one or two are usual" }],
  needs: ["plan"],
  detect({ plan }) {
    const { augment } = plan.data;
    if (augment.length === 0) return;
    return {
      strength: ramp(augment.length, 0, FULL),
      says: `Training rows are changed by ${list(augment.map((one) => one.name))}.`,
      values: { kinds: augment.length },
    };
  },
});
