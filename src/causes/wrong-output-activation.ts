/** The range or the shape of the output does not match the target or the loss. */
import {
  fixOutputActivation,
  fixOutputAndLoss,
  freeOutputAndScaleTarget,
  oneUnitPerClass,
} from "../remedies/output.ts";
import { targetToRange } from "../remedies/scaling.ts";
import { defineCause, sentences } from "./cause.ts";

export const wrongOutputActivation = defineCause({
  id: "wrong-output-activation",
  class: "act",
  title: "The output activation does not match the task",
  stage: "network",
  short: "the output activation does not match the task",
  prior: -3.04,
  fitted: true,
  signs: {
    "output-activation-mismatch": [5.23, -1.97],
    "target-out-of-reach": 5.18,
    "loss-clipped": 0.81,
    "one-answer": 0.34,
    "loss-at-chance": 0.24,
    "loss-flat": 0.33,
    "softmax-twice": -1.5,
    "no-room": -3.01,
    "below-baseline": 0.4,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "output-activation-mismatch", "target-out-of-reach", "one-answer") ||
    "The output activation may not match the task.",
  remedies: [fixOutputActivation, fixOutputAndLoss, freeOutputAndScaleTarget, oneUnitPerClass, targetToRange],
  probes: ["overfit-one-batch"],
});
