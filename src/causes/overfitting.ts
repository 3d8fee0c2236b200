/** The network memorizes the training set: training improves while validation gets worse. */
import { augmentImages, dropOut, penalise, stopEarlier } from "../remedies/restraint.ts";
import { narrower } from "../remedies/size.ts";
import { stopAtBest } from "../remedies/steps.ts";
import { defineCause, sentences } from "./cause.ts";

export const overfitting = defineCause({
  id: "overfitting",
  class: "reg",
  title: "Overfitting",
  stage: "training",
  short: "the network overfits the training set",
  prior: -3.43,
  fitted: true,
  signs: {
    "validation-turns": [2.43, -1.3],
    "train-gap": [1.99, -1.6],
    "no-restraint": 0.44,
    "many-parameters": 0.9,
    "few-images": 2.5,
    "training-unfit": -1.05,
    // Baselines hardly overfit: a network as good as they are may still improve.
    "no-room": -1.56,
    // What else keeps validation below training.
    "split-class-missing": -2.01,
    "split-drift": -1.64,
    "target-drift": -1.57,
    "baselines-at-chance": -1.33,
    "blank-rows": -1,
    "seeds-disagree": -0.39,
    "below-baseline": 0.35,
  },
  follows: true,
  proof: "trial",
  says: (seen) =>
    sentences(seen, "validation-turns", "train-gap", "few-images") || "The network may overfit the training set.",
  remedies: [augmentImages, dropOut, stopAtBest, stopEarlier, penalise, narrower],
  probes: ["learning-curve"],
});
