/** Several augmentations change every training row. */
import { defineCheck } from "../check.ts";
import { list, ramp } from "../words.ts";

export const muchAugmentation = defineCheck({
  id: "much-augmentation",
  title: "Much augmentation",
  needs: ["plan"],
  detect({ plan }) {
    const { augment } = plan.data;
    if (augment.length === 0) return;
    return {
      strength: ramp(augment.length, 0, 5),
      says: `Training rows are changed by ${list(augment.map((one) => one.name))}.`,
      values: { kinds: augment.length },
    };
  },
});
