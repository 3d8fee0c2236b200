/** The network predicts the frequent classes and misses the rare ones. */
import { repeatRare, thinCommon, weighClasses } from "../remedies/rows.ts";
import { defineCause, sentences } from "./cause.ts";

export const classImbalance = defineCause({
  id: "class-imbalance",
  class: "data",
  title: "Class imbalance",
  stage: "data",
  short: "class imbalance makes the network miss rare classes",
  prior: -2.87,
  fitted: true,
  signs: {
    "class-counts": [3.15, -5.08],
    "rare-class-missed": [2.27, -0.51],
    // Baselines miss rare classes as well.
    "no-room": -1.43,
    "one-answer": 1.02,
    // Weights for rare classes cost accuracy; they gain where classes count alike.
    "counts-rows": [-1.52, 0.94],
    "split-class-missing": -1,
    "baselines-at-chance": -0.35,
    "below-baseline": 0.64,
  },
  shows: ["rare-class-missed"],
  proof: "trial",
  says: (seen) =>
    sentences(seen, "class-counts", "rare-class-missed") || "Class imbalance may make the network miss rare classes.",
  remedies: [weighClasses, repeatRare, thinCommon],
  probes: ["baselines"],
});
