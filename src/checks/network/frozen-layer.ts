/** A layer that starts at random and is not trained. */
import { defineCheck } from "../check.ts";
import { hasWeights, layerAt, nameOf } from "../facts.ts";
import { capital, list } from "../words.ts";

const SOME = 0.7;

export const frozenLayer = defineCheck({
  id: "frozen-layer",
  title: "A layer is frozen",
  thresholds: [
    {
      of: "strength of some layers, and of all",
      value: [SOME, 1],
      origin: "by hand",
      source: "layers behind a frozen one can still make do with what it gives",
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
      says: `${capital(list(frozen.map((i) => layerAt(network, i))))} start${frozen.length === 1 ? "s" : ""} at random and ${frozen.length === 1 ? "is" : "are"} not trained.`,
      where: frozen.map((i) => nameOf(network, i)),
      values: { layers: frozen.length, of: all },
    };
  },
});
