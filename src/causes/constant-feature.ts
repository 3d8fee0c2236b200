/** An input column is constant, and min–max scaling divides by its range of 0. */
import { leaveOutConstant } from "../remedies/rows.ts";
import { standardise } from "../remedies/scaling.ts";
import { defineCause, sentences } from "./cause.ts";

export const constantFeature = defineCause({
  id: "constant-feature",
  class: "prep",
  title: "An input column is constant",
  stage: "data",
  short: "an input column is constant",
  prior: -4,
  fitted: true,
  signs: {
    "constant-column": [6.99, -6],
    "nan-at-start": 1.02,
    "missing-values": -1,
    "no-room": -3.01,
    "below-baseline": 0.54,
  },
  preparation: true,
  proof: "both",
  evident: (seen) => seen["constant-column"]?.values?.divides === true,
  says: (seen) => sentences(seen, "constant-column", "nan-at-start") || "An input column may be constant.",
  remedies: [leaveOutConstant, standardise],
  probes: [],
});
