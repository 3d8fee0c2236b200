/** Few rows to learn from. */
import { defineCheck } from "../check.ts";
import { count, logRamp } from "../words.ts";

const [NONE, FULL] = [300, 30]; // training rows; chosen by hand

export const fewRows = defineCheck({
  id: "few-rows",
  title: "Few training rows",
  needs: ["profile"],
  detect({ profile }) {
    const strength = logRamp(Math.max(1, profile.split.train), NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says: `It learns from ${count(profile.split.train, "row")}.`,
      values: { rows: profile.split.train },
    };
  },
});
