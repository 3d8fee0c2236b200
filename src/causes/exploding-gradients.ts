/** The gradients grow without bound. */
import { clip, rateTenth, warmUp } from "../remedies/rate.ts";
import { defineCause, sentences } from "./cause.ts";

export const explodingGradients = defineCause({
  id: "exploding-gradients",
  class: "lr",
  title: "Exploding gradients",
  stage: "training",
  short: "the gradients explode",
  prior: -3.34,
  fitted: true,
  signs: {
    "gradient-grows": [2.3, -1.84],
    diverges: 1.94,
    "loss-oscillates": 0.38,
    "updates-large": 1.1,
    "start-width": -0.51,
    "missing-values": -4,
    "nan-at-start": -3,
    "rate-right-of-valley": 0,
    "no-room": -3.01,
    "below-baseline": 0.67,
  },
  follows: true,
  proof: "trial",
  says: (seen) => sentences(seen, "gradient-grows", "diverges") || "The gradients may explode.",
  remedies: [clip, rateTenth, warmUp],
  probes: ["learning-rate-sweep"],
});
