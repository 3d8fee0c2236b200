/** A layer is where it does harm: dropout on the output, pooling that leaves almost nothing, a layer that is not trained. */
import { removeLastPooling, removeOutputNoise, removeOutputNormalisation, thaw } from "../remedies/hidden.ts";
import { defineCause, sentences } from "./cause.ts";

export const misplacedLayer = defineCause({
  id: "misplaced-layer",
  class: "layer",
  title: "A layer is in the wrong place",
  stage: "network",
  short: "a layer is in the wrong place",
  prior: -4.28,
  fitted: true,
  signs: {
    "dropout-on-output": 6.55,
    "normalised-output": 5,
    "frozen-layer": 5.31,
    "pooled-to-nothing": 3.5,
    // Dead units and equal weights leave no gradient either.
    "no-gradient": 1.64,
    "dead-units": -1.16,
    "symmetric-start": -1.51,
    "no-room": -3.02,
    "below-baseline": 0.32,
  },
  proof: "both",
  // Random weights that are never trained: measured, whatever they cost.
  evident: (seen) => seen["frozen-layer"] !== undefined && seen["no-gradient"] !== undefined,
  says: (seen) =>
    sentences(seen, "dropout-on-output", "normalised-output", "frozen-layer", "pooled-to-nothing", "no-gradient") ||
    "A layer may be in the wrong place.",
  remedies: [removeOutputNoise, removeOutputNormalisation, thaw, removeLastPooling],
  probes: ["overfit-one-batch"],
});
