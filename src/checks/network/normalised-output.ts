/** The answer is normalised over the batch, or passes an activation that the last layer already had. */

import { traitsOf } from "../../plan/layer-traits.ts";
import { defineCheck } from "../check.ts";
import { layerAt, nameOf, outputIndex } from "../facts.ts";
import { capital } from "../words.ts";

const CLASSES = 0.5;

export const normalisedOutput = defineCheck({
  id: "normalised-output",
  title: "Normalisation after the output layer",
  thresholds: [
    {
      of: "strength for classes, and for numbers",
      value: [CLASSES, 1],
      origin: "by hand",
      source: "classes survive a shift and a scale of their scores; numbers do not",
    },
  ],
  needs: ["network", "task"],
  detect({ network, task }) {
    const out = outputIndex(network);
    const after = network.findIndex((layer, i) => i > out && traitsOf(layer.layer).normalises);
    if (out < 0 || after < 0) return;
    return {
      strength: task === "regression" ? 1 : CLASSES,
      says: `${capital(layerAt(network, after))} normalises the answers of the network.`,
      where: [nameOf(network, after)],
    };
  },
});
