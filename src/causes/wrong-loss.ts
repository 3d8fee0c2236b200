/** The loss does not match the task, or is summed instead of averaged. */
import { averageLoss, fixLoss, fixOutputAndLoss } from "../remedies/output.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const wrongLoss = defineCause({
  id: "wrong-loss",
  class: "loss",
  title: "The loss does not fit the task",
  stage: "network",
  short: "the loss does not fit the task",
  prior: PRIOR.usual,
  signs: {
    "loss-mismatch": [5.2, -1.5],
    "loss-summed": 5.5,
    "one-answer": 0.3,
    "learns-slowly": 0.4,
    "loss-flat": 0.4,
  },
  proof: "trial",
  says: (seen) => sentences(seen, "loss-mismatch", "loss-summed", "diverges") || "The loss may not fit the task.",
  remedies: [fixLoss, averageLoss, fixOutputAndLoss],
  probes: ["overfit-one-batch"],
});
