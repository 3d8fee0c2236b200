/** The outputs pass a softmax in the network and another in the loss. */
import { squashOnce, takeLogits } from "../remedies/output.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const doubleSoftmax = defineCause({
  id: "double-softmax",
  class: "act",
  title: "The outputs are squashed twice",
  stage: "network",
  short: "its outputs pass a softmax twice",
  prior: PRIOR.usual,
  signs: { "softmax-twice": [6, -6], "learns-slowly": 0.5, "loss-flat": 0.3 },
  proof: "trial",
  says: (seen) => sentences(seen, "softmax-twice", "learns-slowly") || "The outputs may pass a softmax twice.",
  remedies: [squashOnce, takeLogits],
  probes: ["overfit-one-batch"],
});
