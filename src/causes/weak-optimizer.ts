/** The optimizer, or its unusual settings, make training converge too slowly. */
import { adam, adamFast, momentum, usualEpsilon } from "../remedies/steps.ts";
import { defineCause, sentences } from "./cause.ts";

export const weakOptimizer = defineCause({
  id: "weak-optimizer",
  class: "opt",
  title: "The optimizer converges too slowly",
  stage: "training",
  short: "the optimizer converges too slowly",
  prior: -2.76,
  fitted: true,
  signs: {
    "plain-sgd": [2.78, -1.7],
    "optimizer-odd": 3.06,
    "still-improving": 0.74,
    "learns-slowly": 0.82,
    "rate-in-valley": 0.43,
    "rate-left-of-valley": -0.28,
    "rate-low": -0.54,
    "validation-turns": -1.04,
    "loss-summed": -0.5,
    "no-room": -3.05,
    "below-baseline": 0.76,
  },
  follows: true,
  proof: "trial",
  says: (seen) =>
    sentences(seen, "plain-sgd", "optimizer-odd", "still-improving", "learns-slowly") ||
    "Another optimizer may do better.",
  remedies: [adam, momentum, adamFast, usualEpsilon],
  probes: ["learning-rate-sweep"],
});
