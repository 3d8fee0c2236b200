/** A layer with random initial weights is not trained. */
import { defineCheck } from "../check.ts";
import { hasWeights, layerAt, nameOf } from "../facts.ts";
import { list } from "../words.ts";

const SOME = 0.7;

export const frozenLayer = defineCheck({
  id: "frozen-layer",
  title: "A layer is frozen at its initial weights",
  thresholds: [
    {
      of: "strength where some layers are frozen, and where all are",
      value: [SOME, 1],
      origin: "by hand",
      source: "the layers after a frozen one can still learn from its output",
    },
  ],
  needs: ["network"],
  detect({ network }) {
    const frozen = network.flatMap((layer, i) =>
      hasWeights(layer) && layer.trainable === false && !("weights" in layer && layer.weights) ? [i] : [],
    );
    if (frozen.length === 0) return;
    const all = network.filter(hasWeights).length;
    return {
      strength: frozen.length === all ? 1 : SOME,
      says: `The random initial weights of ${list(frozen.map((i) => layerAt(network, i)))} are not trained.`,
      where: frozen.map((i) => nameOf(network, i)),
      values: { layers: frozen.length, of: all },
    };
  },
});
