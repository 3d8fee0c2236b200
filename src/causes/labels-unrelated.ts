/** The labels carry no signal: rows were shuffled against each other, or joined wrongly. */
import { defineCause, sentences } from "./cause.ts";

export const labelsUnrelated = defineCause({
  id: "labels-unrelated",
  class: "data",
  title: "The labels are unrelated to the inputs",
  stage: "data",
  short: "the labels are unrelated to the inputs",
  prior: -3.83,
  fitted: true,
  signs: {
    "baselines-at-chance": [2.88, -6.01],
    // Real inputs are correlated; labels that are unrelated to all of them were mixed up. Inputs that are pure noise
    // (the returns of a share) leave it open: that is the limit of the data.
    "dependent-inputs": [1.66, -1.53],
    "labels-ignored": [1.57, -1.65],
    "train-gap": 0.61,
    "one-answer": -0.44,
    // A bad split makes baselines fail as well.
    "split-class-missing": -4,
    "split-drift": -3.08,
    "target-drift": -2,
    "missing-values": -1,
    // With a metric that does not match the task, every baseline seems to be at chance.
    "metric-mismatch": -6,
  },
  proof: "evidence",
  evident: (seen) =>
    seen["baselines-at-chance"]?.strength === 1 &&
    (seen["dependent-inputs"]?.strength ?? 0) >= 0.5 &&
    !seen["metric-mismatch"] &&
    !seen["split-class-missing"] &&
    !seen["split-drift"] &&
    !seen["target-drift"],
  says: (seen) =>
    sentences(seen, "baselines-at-chance", "labels-ignored", "train-gap") ||
    "The labels may be unrelated to the inputs.",
  remedies: [],
  probes: ["baselines", "shuffled-labels"],
});
