/** A share of the labels is wrong. */
import { dropSuspects, NO_CHANCE, relabelSuspects } from "../remedies/rows.ts";
import { defineCause, sentences } from "./cause.ts";

// The smallest improvement of a score that counts.
const CONFLICTING = 0.03;

export const labelNoise = defineCause({
  id: "label-noise",
  class: "data",
  title: "Some labels are wrong",
  stage: "data",
  short: "some labels are wrong",
  prior: -3.46,
  fitted: true,
  signs: {
    "suspect-labels": [5.01, -3.01],
    "sure-rows-contradicted": 3,
    "conflicting-labels": 4,
    "train-gap": 0.53,
    "validation-turns": 0.43,
    // Where the inputs carry no signal, every label seems wrong.
    "baselines-at-chance": -3.01,
    "labels-outside-output": -2.01,
    "split-class-missing": -2,
    "split-drift": -1.02,
    "no-room": -2.57,
    "below-baseline": 0,
  },
  doubtsLabels: true,
  proof: "both",
  // A label that the other rows contradict may still be correct; a tenth of all rows is too many for coincidence.
  evident: (seen) =>
    !seen["baselines-at-chance"] &&
    (Number(seen["suspect-labels"]?.values?.share ?? 0) >= NO_CHANCE ||
      // Of two equal rows with different labels one is wrong.
      Number(seen["conflicting-labels"]?.values?.lost ?? 0) >= CONFLICTING ||
      seen["sure-rows-contradicted"] !== undefined),
  // Of the labels that such a search flagged in ten public data sets, people called 51 % wrong (Northcutt et al. 2021).
  says: (seen) =>
    [
      sentences(seen, "suspect-labels", "conflicting-labels", "sure-rows-contradicted", "train-gap") ||
        "Some labels may be wrong.",
      ...(seen["suspect-labels"]
        ? ["About half of such labels turn out to be correct: check them before you change them."]
        : []),
    ].join(" "),
  remedies: [dropSuspects, relabelSuspects],
  probes: ["suspect-labels", "out-of-fold"],
});
