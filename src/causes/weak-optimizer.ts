/** A plain or oddly set optimizer that cannot keep up. */
import { adam, adamFast, momentum, usualEpsilon } from "../remedies/steps.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const weakOptimizer = defineCause({
  id: "weak-optimizer",
  class: "opt",
  title: "The optimizer cannot keep up",
  stage: "training",
  short: "its optimizer cannot keep up",
  prior: PRIOR.usual,
  signs: {
    "plain-sgd": [2.4, -1.5],
    "optimizer-odd": 2.5,
    "still-improving": 0.7,
    "learns-slowly": 0.7,
    "rate-in-valley": 0.8,
    "rate-left-of-valley": -0.8,
    "rate-low": -0.5,
    "validation-turns": -1,
    "loss-summed": -0.5,
  },
  follows: true,
  proof: "trial",
  says: (seen) =>
    sentences(seen, "plain-sgd", "optimizer-odd", "still-improving", "learns-slowly") ||
    "Another optimizer may do better.",
  remedies: [adam, momentum, adamFast, usualEpsilon],
  probes: ["learning-rate-sweep"],
});
