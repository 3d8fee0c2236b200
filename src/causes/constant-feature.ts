/** A column never changes, and min–max scaling divides by its range of 0. */
import { leaveOutConstant } from "../remedies/rows.ts";
import { standardise } from "../remedies/scaling.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const constantFeature = defineCause({
  id: "constant-feature",
  class: "prep",
  title: "A constant column becomes NaN",
  stage: "data",
  short: "a column never changes",
  prior: PRIOR.rare,
  signs: { "constant-column": [7, -6], "nan-at-start": 1, "missing-values": -1 },
  preparation: true,
  proof: "both",
  evident: (seen) => seen["constant-column"]?.values?.divides === true,
  says: (seen) => sentences(seen, "constant-column", "nan-at-start") || "An input column may never change.",
  remedies: [leaveOutConstant, standardise],
  probes: [],
});
