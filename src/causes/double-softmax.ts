/** The outputs pass a softmax in the network and another in the loss. */
import { squashOnce, takeLogits } from "../remedies/output.ts";
import { defineCause, sentences } from "./cause.ts";

export const doubleSoftmax = defineCause({
  id: "double-softmax",
  class: "act",
  title: "The outputs are squashed twice",
  stage: "network",
  short: "its outputs pass a softmax twice",
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
  says: (seen) => sentences(seen, "softmax-twice", "learns-slowly") || "The outputs may pass a softmax twice.",
  remedies: [squashOnce, takeLogits],
  probes: ["overfit-one-batch"],
});
