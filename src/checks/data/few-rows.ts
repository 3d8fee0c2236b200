/** Few rows to learn from. */
import { defineCheck } from "../check.ts";
import { count, logRamp } from "../words.ts";

const [NONE, FULL] = [300, 30];

export const fewRows = defineCheck({
  id: "few-rows",
  title: "Few training rows",
  thresholds: [
    {
      of: "training rows",
      value: [NONE, FULL],
      origin: "by hand",
      source: "tables of a few hundred rows train well here; a few dozen tell little of ten inputs",
    },
  ],
  needs: ["profile"],
  detect({ profile }) {
    const strength = logRamp(Math.max(1, profile.split.train), NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says: `There ${profile.split.train === 1 ? "is" : "are"} only ${count(profile.split.train, "training row")}.`,
      values: { rows: profile.split.train },
    };
  },
});
