/** Gradients grow without bound. */
import { clip, rateTenth, warmUp } from "../remedies/rate.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const explodingGradients = defineCause({
  id: "exploding-gradients",
  class: "lr",
  title: "The gradients explode",
  stage: "training",
  short: "its gradients explode",
  prior: PRIOR.usual,
  signs: {
    "gradient-grows": [2.8, -1.8],
    diverges: 1.2,
    "loss-oscillates": 0.5,
    "updates-large": 0.5,
    "start-width": -0.5,
    "missing-values": -4,
    "nan-at-start": -3,
    "rate-right-of-valley": -0.3,
  },
  follows: true,
  proof: "trial",
  says: (seen) => sentences(seen, "gradient-grows", "diverges") || "The gradients may explode.",
  remedies: [clip, rateTenth, warmUp],
  probes: ["learning-rate-sweep"],
});
