/** A network sees few images of each class, and always the same ones. */
import { defineCheck } from "../check.ts";
import { logRamp, number } from "../words.ts";

const [NONE, FULL] = [1000, 100];

export const fewImages = defineCheck({
  id: "few-images",
  title: "Few images, never changed",
  neutral: true,
  thresholds: [
    {
      of: "training images of a class",
      value: [NONE, FULL],
      origin: "by hand",
      source:
        "30 digits of a class gain 5 points where they are moved a little; from a thousand on little is left to gain",
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
      says: `There are only ${number(Math.round(each))} training images per class, without augmentation.`,
      values: { each },
    };
  },
});
