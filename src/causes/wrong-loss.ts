/** The loss does not match the task, or is summed instead of averaged. */
import { averageLoss, fixLoss, fixOutputAndLoss } from "../remedies/output.ts";
import { defineCause, sentences } from "./cause.ts";

export const wrongLoss = defineCause({
  id: "wrong-loss",
  class: "loss",
  title: "The loss does not match the task",
  stage: "network",
  short: "the loss does not match the task",
  prior: -2.9,
  fitted: true,
  signs: {
    "loss-mismatch": [5.61, -2],
    "loss-summed": 5.75,
    "one-answer": 0.18,
    "learns-slowly": 0.44,
    "loss-flat": 0.28,
    "no-room": -2.86,
    "below-baseline": 0.51,
  },
  proof: "trial",
  says: (seen) => sentences(seen, "loss-mismatch", "loss-summed", "diverges") || "The loss may not match the task.",
  remedies: [fixLoss, averageLoss, fixOutputAndLoss],
  probes: ["overfit-one-batch"],
});
