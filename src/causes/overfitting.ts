/** Training goes on improving while validation turns. */
import { augmentImages, dropOut, penalise, stopEarlier } from "../remedies/restraint.ts";
import { narrower } from "../remedies/size.ts";
import { stopAtBest } from "../remedies/steps.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const overfitting = defineCause({
  id: "overfitting",
  class: "reg",
  title: "It learns the training rows by heart",
  stage: "training",
  short: "it learns the training rows by heart",
  prior: PRIOR.usual,
  signs: {
    "validation-turns": [2.5, -1.2],
    "train-gap": [2, -1.5],
    "no-restraint": 0.6,
    "many-parameters": 0.6,
    "few-images": 2.5,
    "training-unfit": -1,
    // Simple predictors hardly overfit: to be level with them is no sign that there is no more to gain.
    "no-room": -1.5,
    // What else keeps validation below training.
    "split-class-missing": -2,
    "split-drift": -1.5,
    "target-drift": -1.5,
    "baselines-at-chance": -1.5,
    "blank-rows": -1,
    "seeds-disagree": -0.3,
  },
  follows: true,
  proof: "trial",
  says: (seen) =>
    sentences(seen, "validation-turns", "train-gap", "few-images") || "It may learn the training rows by heart.",
  remedies: [augmentImages, dropOut, stopAtBest, stopEarlier, penalise, narrower],
  probes: ["learning-curve"],
});
