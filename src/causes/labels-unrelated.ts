/** The labels carry no signal: rows shuffled against each other, or a wrong join. */
import { defineCause, sentences } from "./cause.ts";

export const labelsUnrelated = defineCause({
  id: "labels-unrelated",
  class: "data",
  title: "The labels have nothing to do with the inputs",
  stage: "data",
  short: "the labels have nothing to do with the inputs",
  prior: -3.83,
  fitted: true,
  signs: {
    "baselines-at-chance": [2.88, -6.01],
    // Inputs of one's own making hang together; labels that ignore all of it were mixed up. Inputs that are noise
    // through and through (the returns of a share) leave it open: that is the limit of the data.
    "dependent-inputs": [1.66, -1.53],
    "labels-ignored": [1.57, -1.65],
    "train-gap": 0.61,
    "one-answer": -0.44,
    // A bad split makes baselines fail as well.
    "split-class-missing": -4,
    "split-drift": -3.08,
    "target-drift": -2,
    "missing-values": -1,
    // By a measure that is not for the task, every simple predictor looks like chance.
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
    "The labels may have nothing to do with the inputs.",
  remedies: [],
  probes: ["baselines", "shuffled-labels"],
});
