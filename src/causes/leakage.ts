/** The score is too good: rows, or the target itself, are on both sides. */
import { dropDuplicates, leaveOutTelltale } from "../remedies/rows.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

// A twelfth of the judged rows known from training moves a score by points. Chosen by hand.
const SHARE = 0.08;

export const leakage = defineCause({
  id: "leakage",
  class: "data",
  title: "Validation rows are known from training",
  stage: "data",
  short: "its validation rows are known from training",
  prior: PRIOR.rare,
  signs: { "rows-in-both": [6, -2], "telltale-column": [5.5, 0], "train-gap": -0.5 },
  proof: "evidence",
  evident: (seen) => {
    const rows = seen["rows-in-both"]?.values;
    return (
      Math.max(Number(rows?.equal ?? 0), Number(rows?.near ?? 0)) >= SHARE || seen["telltale-column"] !== undefined
    );
  },
  says: (seen) => sentences(seen, "rows-in-both", "telltale-column") || "Validation rows may be known from training.",
  remedies: [dropDuplicates, leaveOutTelltale],
  probes: ["near-copies", "single-feature"],
});
