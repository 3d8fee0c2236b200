/** The predictions are normalized after the output layer. */
import { traitsOf } from "../../plan/layer-traits.ts";
import { defineCheck } from "../check.ts";
import { layerAt, nameOf, outputIndex } from "../facts.ts";

const CLASSES = 0.5;

export const normalisedOutput = defineCheck({
  id: "normalised-output",
  title: "Normalization after the output layer",
  thresholds: [
    {
      of: "strength for classification, and for regression",
      value: [CLASSES, 1],
      origin: "by hand",
      source: "predicted classes survive a shift and a scaling of their scores; predicted numbers do not",
    },
  ],
  needs: ["network", "task"],
  detect({ network, task }) {
    const out = outputIndex(network);
    const after = network.findIndex((layer, i) => i > out && traitsOf(layer.layer).normalises);
    if (out < 0 || after < 0) return;
    return {
      strength: task === "regression" ? 1 : CLASSES,
      says: `The predictions of the network are normalized by ${layerAt(network, after)}, after the output layer.`,
      where: [nameOf(network, after)],
    };
  },
});
