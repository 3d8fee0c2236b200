/** The output activation is applied twice: in the last layer and again in the loss. */
import { squashOnce, takeLogits } from "../remedies/output.ts";
import { defineCause, sentences } from "./cause.ts";

export const doubleSoftmax = defineCause({
  id: "double-softmax",
  class: "act",
  title: "The output activation is applied twice",
  stage: "network",
  short: "the output activation is applied twice",
  prior: -3.09,
  fitted: true,
  signs: {
    "softmax-twice": [6.02, -6.01],
    "learns-slowly": 0.51,
    "loss-flat": 0.3,
    "no-room": -3,
    "below-baseline": 0.7,
  },
  proof: "trial",
  says: (seen) => sentences(seen, "softmax-twice", "learns-slowly") || "The output activation may be applied twice.",
  remedies: [squashOnce, takeLogits],
  probes: ["overfit-one-batch"],
});
