/** The network answers with the frequent classes and misses the rare ones. */
import { repeatRare, thinCommon, weighClasses } from "../remedies/rows.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const classImbalance = defineCause({
  id: "class-imbalance",
  class: "data",
  title: "Rare classes are outweighed",
  stage: "data",
  short: "its rare classes are outweighed",
  prior: PRIOR.usual,
  signs: {
    "class-counts": [3, -5],
    "rare-class-missed": [2, -0.5],
    // Simple predictors miss rare classes as well.
    "no-room": -1.5,
    "one-answer": 1,
    // Weights for rare classes cost accuracy; they gain where classes count alike.
    "counts-rows": [-1.5, 0.7],
    "split-class-missing": -1,
    "baselines-at-chance": -0.5,
  },
  shows: ["rare-class-missed"],
  proof: "trial",
  says: (seen) => sentences(seen, "class-counts", "rare-class-missed") || "Rare classes may be outweighed.",
  remedies: [weighClasses, repeatRare, thinCommon],
  probes: ["baselines"],
});
