/** The range or shape of the output does not fit the target or the loss. */
import {
  fixOutputActivation,
  fixOutputAndLoss,
  freeOutputAndScaleTarget,
  oneUnitPerClass,
} from "../remedies/output.ts";
import { targetToRange } from "../remedies/scaling.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const wrongOutputActivation = defineCause({
  id: "wrong-output-activation",
  class: "act",
  title: "The output activation does not fit",
  stage: "network",
  short: "the output activation does not fit",
  prior: PRIOR.common,
  signs: {
    "output-activation-mismatch": [5.2, -1.5],
    "target-out-of-reach": 5,
    "loss-clipped": 0.8,
    "one-answer": 0.5,
    "loss-at-chance": 0.4,
    "loss-flat": 0.4,
    "softmax-twice": -1.5,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "output-activation-mismatch", "target-out-of-reach", "one-answer") ||
    "The output activation may not fit.",
  remedies: [fixOutputActivation, fixOutputAndLoss, freeOutputAndScaleTarget, oneUnitPerClass, targetToRange],
  probes: ["overfit-one-batch"],
});
