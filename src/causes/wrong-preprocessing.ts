/** Training and validation rows were preprocessed differently, or rows lost their content when they were loaded. */
import { splitAtRandom } from "../remedies/rows.ts";
import { defineCause, sentences } from "./cause.ts";

// From this strength on the drift is reported as measured, not suspected. Chosen by hand.
const DRIFT = 0.35;
const BLANK = 0.3;

export const wrongPreprocessing = defineCause({
  id: "wrong-preprocessing",
  class: "prep",
  title: "Wrong preprocessing",
  stage: "data",
  short: "the rows were not all preprocessed in the same way",
  prior: -2.78,
  fitted: true,
  signs: {
    "split-drift": [2.62, -0.82],
    "separate-sources": [1.02, -1.2],
    "blank-rows": 5,
    "prepared-apart": 3,
    "column-drift": 0.5,
    "stray-text": 4,
    "train-gap": 0.93,
    // Where the targets drift as well, the two parts are different rows, not differently prepared ones.
    "target-drift": -1.01,
    "tail-split": -1.51,
    "no-room": -2.66,
    "below-baseline": 0.31,
  },
  proof: "both",
  evident: (seen) => {
    const drifts = (seen["split-drift"]?.strength ?? 0) >= DRIFT && !seen["target-drift"];
    // Every training row of one class while validation has several: the labels were lost on the way.
    const oneLabel = seen["split-class-missing"]?.values?.trained === 1;
    const unlike = drifts || oneLabel || (seen["prepared-apart"]?.strength ?? 0) >= DRIFT;
    return (
      (seen["separate-sources"] !== undefined && unlike) ||
      (seen["blank-rows"]?.strength ?? 0) >= BLANK ||
      seen["stray-text"] !== undefined
    );
  },
  says: (seen) =>
    sentences(seen, "blank-rows", "stray-text", "prepared-apart", "split-drift", "split-class-missing", "train-gap") ||
    "The rows may not all have been preprocessed in the same way.",
  remedies: [splitAtRandom],
  probes: [],
});
