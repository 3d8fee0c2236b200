/** There are few training images of each class, and they are not augmented. */
import { defineCheck } from "../check.ts";
import { count, logRamp } from "../words.ts";

const [NONE, FULL] = [1000, 100];

export const fewImages = defineCheck({
  id: "few-images",
  title: "Few images without augmentation",
  neutral: true,
  thresholds: [
    {
      of: "training images per class",
      value: [NONE, FULL],
      origin: "by hand",
      source:
        "with 30 images of digits per class, small shifts gain 5 points; from a thousand on there is little to gain",
    },
  ],
  needs: ["dataPlan.augment", "profile"],
  detect({ dataPlan, profile }) {
    if (!profile.images || profile.shape.length !== 3 || dataPlan.augment.length > 0) return;
    if (profile.target.kind !== "classes") return;
    const classes = profile.target.classes.filter(({ train }) => train > 0).length;
    const each = profile.split.train / Math.max(1, classes);
    const strength = logRamp(each, NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says: `There are about ${count(Math.round(each), "training image")} per class, and they are not augmented.`,
      values: { each },
    };
  },
});
